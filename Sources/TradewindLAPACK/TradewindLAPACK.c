#include "TradewindLAPACK.h"

#include <stddef.h>
#include <stdlib.h>

#ifdef __APPLE__

// Accelerate's current interface has the standard names and 32-bit integers, and no hidden string lengths.
#define ACCELERATE_NEW_LAPACK
#include <Accelerate/Accelerate.h>
#define HIDDEN_LENGTHS_1
#define HIDDEN_LENGTHS_2
#define HIDDEN_LENGTHS_3
#define HIDDEN_LENGTHS_4

#else

// gfortran appends the length of each CHARACTER argument, in order, as a size_t after all other arguments.
#define LENGTH_1 , size_t
#define LENGTH_2 , size_t, size_t
#define LENGTH_3 , size_t, size_t, size_t
#define LENGTH_4 , size_t, size_t, size_t, size_t
#define HIDDEN_LENGTHS_1 , 1
#define HIDDEN_LENGTHS_2 , 1, 1
#define HIDDEN_LENGTHS_3 , 1, 1, 1
#define HIDDEN_LENGTHS_4 , 1, 1, 1, 1

typedef const int32_t *in;
typedef const double *vec;

void dgemm_(const char *, const char *, in, in, in, vec, vec, in, vec, in, vec, double *, in LENGTH_2);
void dgemv_(const char *, in, in, vec, vec, in, vec, in, vec, double *, in LENGTH_1);
void dsyrk_(const char *, const char *, in, in, vec, vec, in, vec, double *, in LENGTH_2);
void dtrsv_(const char *, const char *, const char *, in, vec, in, double *, in LENGTH_3);
void dtrmv_(const char *, const char *, const char *, in, vec, in, double *, in LENGTH_3);
void dtbsv_(const char *, const char *, const char *, in, in, vec, in, double *, in LENGTH_3);
void dtrsm_(const char *, const char *, const char *, const char *, in, in, vec, vec, in, double *, in LENGTH_4);
void dgeqrf_(in, in, double *, in, double *, double *, in, int32_t *);
void dgeqp3_(in, in, double *, in, int32_t *, double *, double *, in, int32_t *);
void dorgqr_(in, in, in, double *, in, vec, double *, in, int32_t *);
void dormqr_(const char *, const char *, in, in, in, vec, in, vec, double *, in, double *, in, int32_t *LENGTH_2);
void dgesdd_(const char *, in, in, double *, in, double *, double *, in, double *, in, double *, in, int32_t *,
             int32_t *LENGTH_1);
void dsyevd_(const char *, const char *, in, double *, in, double *, double *, in, int32_t *, in, int32_t *LENGTH_2);
void dgebal_(const char *, in, double *, in, int32_t *, int32_t *, double *, int32_t *LENGTH_1);
void dhseqr_(const char *, const char *, in, in, in, double *, in, double *, double *, double *, in, double *, in,
             int32_t *LENGTH_2);
void dpotrf_(const char *, in, double *, in, int32_t *LENGTH_1);
void dpotrs_(const char *, in, in, vec, in, double *, in, int32_t *LENGTH_1);
void dpotri_(const char *, in, double *, in, int32_t *LENGTH_1);
void dpbtrf_(const char *, in, in, double *, in, int32_t *LENGTH_1);
void dpbtrs_(const char *, in, in, in, vec, in, double *, in, int32_t *LENGTH_1);
void dgelsd_(in, in, in, double *, in, double *, in, double *, vec, int32_t *, double *, in, int32_t *, int32_t *);
void dgglse_(in, in, in, double *, in, double *, in, double *, double *, double *, double *, in, int32_t *);
void dggglm_(in, in, in, double *, in, double *, in, double *, double *, double *, double *, in, int32_t *);

#endif

static const int32_t one = 1;

static const char *uplo(bool lower) { return lower ? "L" : "U"; }
static const char *trans(bool transpose) { return transpose ? "T" : "N"; }

// A routine with workspace is called twice: the first call (lwork = -1) only writes the best length to `best`.
// CALL(work, lwork) is the call, with `info` in scope; a refused query returns its info at once.
#define WITH_WORKSPACE(CALL)                                                                                          \
  int32_t info = 0, lwork = -1;                                                                                       \
  double best = 1;                                                                                                    \
  CALL(&best, &lwork);                                                                                                \
  if (info != 0)                                                                                                      \
    return info;                                                                                                      \
  lwork = best < 1 ? 1 : (int32_t)best;                                                                               \
  double *work = malloc((size_t)lwork * sizeof(double));                                                              \
  if (!work)                                                                                                          \
    return TW_OUT_OF_MEMORY;                                                                                          \
  CALL(work, &lwork);                                                                                                 \
  free(work);                                                                                                         \
  return info

// BLAS

void tw_dgemm(bool transpose_a, bool transpose_b, int32_t m, int32_t n, int32_t k, double alpha, const double *a,
              int32_t lda, const double *b, int32_t ldb, double beta, double *c, int32_t ldc) {
  dgemm_(trans(transpose_a), trans(transpose_b), &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c,
         &ldc HIDDEN_LENGTHS_2);
}

void tw_dgemv(bool transpose, int32_t m, int32_t n, double alpha, const double *a, int32_t lda, const double *x,
              double beta, double *y) {
  dgemv_(trans(transpose), &m, &n, &alpha, a, &lda, x, &one, &beta, y, &one HIDDEN_LENGTHS_1);
}

void tw_dsyrk(bool transpose, int32_t n, int32_t k, double alpha, const double *a, int32_t lda, double beta,
              double *c, int32_t ldc) {
  dsyrk_("L", trans(transpose), &n, &k, &alpha, a, &lda, &beta, c, &ldc HIDDEN_LENGTHS_2);
}

void tw_dtrsv(bool lower, bool transpose, int32_t n, const double *t, int32_t ldt, double *x) {
  dtrsv_(uplo(lower), trans(transpose), "N", &n, t, &ldt, x, &one HIDDEN_LENGTHS_3);
}

void tw_dtrsm(bool lower, bool transpose, int32_t m, int32_t n, const double *t, int32_t ldt, double *b,
              int32_t ldb) {
  const double alpha = 1;
  dtrsm_("L", uplo(lower), trans(transpose), "N", &m, &n, &alpha, t, &ldt, b, &ldb HIDDEN_LENGTHS_4);
}

void tw_dtrmv(bool lower, bool transpose, int32_t n, const double *t, int32_t ldt, double *x) {
  dtrmv_(uplo(lower), trans(transpose), "N", &n, t, &ldt, x, &one HIDDEN_LENGTHS_3);
}

void tw_dtbsv(bool transpose, int32_t n, int32_t kd, const double *ab, int32_t ldab, double *x) {
  dtbsv_("L", trans(transpose), "N", &n, &kd, ab, &ldab, x, &one HIDDEN_LENGTHS_3);
}

// Orthogonal factorisations

int32_t tw_dgeqrf(int32_t m, int32_t n, double *a, int32_t lda, double *tau) {
#define CALL(work, lwork) dgeqrf_(&m, &n, a, &lda, tau, work, lwork, &info)
  WITH_WORKSPACE(CALL);
#undef CALL
}

int32_t tw_dgeqp3(int32_t m, int32_t n, double *a, int32_t lda, int32_t *jpvt, double *tau) {
#define CALL(work, lwork) dgeqp3_(&m, &n, a, &lda, jpvt, tau, work, lwork, &info)
  WITH_WORKSPACE(CALL);
#undef CALL
}

int32_t tw_dorgqr(int32_t m, int32_t n, int32_t k, double *a, int32_t lda, const double *tau) {
#define CALL(work, lwork) dorgqr_(&m, &n, &k, a, &lda, tau, work, lwork, &info)
  WITH_WORKSPACE(CALL);
#undef CALL
}

int32_t tw_dormqr(bool transpose, int32_t m, int32_t n, int32_t k, const double *a, int32_t lda, const double *tau,
                  double *c, int32_t ldc) {
#define CALL(work, lwork)                                                                                             \
  dormqr_("L", trans(transpose), &m, &n, &k, a, &lda, tau, c, &ldc, work, lwork, &info HIDDEN_LENGTHS_2)
  WITH_WORKSPACE(CALL);
#undef CALL
}

// Singular values and eigenvalues

int32_t tw_dgesdd(int32_t m, int32_t n, double *a, int32_t lda, double *s, double *u, int32_t ldu, double *vt,
                  int32_t ldvt) {
  int32_t info = 0, lwork = -1, shorter = m < n ? m : n;
  double best = 1;
  int32_t *iwork = malloc(8 * (size_t)(shorter > 0 ? shorter : 1) * sizeof(int32_t));
  if (!iwork)
    return TW_OUT_OF_MEMORY;
  dgesdd_("S", &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, &best, &lwork, iwork, &info HIDDEN_LENGTHS_1);
  if (info == 0) {
    lwork = best < 1 ? 1 : (int32_t)best;
    double *work = malloc((size_t)lwork * sizeof(double));
    if (work)
      dgesdd_("S", &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info HIDDEN_LENGTHS_1);
    else
      info = TW_OUT_OF_MEMORY;
    free(work);
  }
  free(iwork);
  return info;
}

int32_t tw_dsyevd(int32_t n, double *a, int32_t lda, double *w) {
  int32_t info = 0, lwork = -1, liwork = -1, ibest = 1;
  double best = 1;
  dsyevd_("V", "L", &n, a, &lda, w, &best, &lwork, &ibest, &liwork, &info HIDDEN_LENGTHS_2);
  if (info != 0)
    return info;
  lwork = best < 1 ? 1 : (int32_t)best;
  liwork = ibest < 1 ? 1 : ibest;
  double *work = malloc((size_t)lwork * sizeof(double));
  int32_t *iwork = malloc((size_t)liwork * sizeof(int32_t));
  if (work && iwork)
    dsyevd_("V", "L", &n, a, &lda, w, work, &lwork, iwork, &liwork, &info HIDDEN_LENGTHS_2);
  else
    info = TW_OUT_OF_MEMORY;
  free(work);
  free(iwork);
  return info;
}

static int32_t hessenberg_qr(int32_t n, int32_t ilo, int32_t ihi, double *h, int32_t ldh, double *wr, double *wi) {
  double z = 0; // not referenced: no Schur vectors are asked for
#define CALL(work, lwork)                                                                                             \
  dhseqr_("E", "N", &n, &ilo, &ihi, h, &ldh, wr, wi, &z, &one, work, lwork, &info HIDDEN_LENGTHS_2)
  WITH_WORKSPACE(CALL);
#undef CALL
}

int32_t tw_hessenberg_eigenvalues(int32_t n, double *h, int32_t ldh, double *wr, double *wi) {
  int32_t info = 0, ilo = 1, ihi = n;
  double *scale = malloc((size_t)(n > 0 ? n : 1) * sizeof(double));
  if (!scale)
    return TW_OUT_OF_MEMORY;
  // Scaling alone ("S"): permuting could break the Hessenberg form that dhseqr needs.
  dgebal_("S", &n, h, &ldh, &ilo, &ihi, scale, &info HIDDEN_LENGTHS_1);
  free(scale);
  return info != 0 ? info : hessenberg_qr(n, ilo, ihi, h, ldh, wr, wi);
}

// Positive definite systems

int32_t tw_dpotrf(int32_t n, double *a, int32_t lda) {
  int32_t info = 0;
  dpotrf_("L", &n, a, &lda, &info HIDDEN_LENGTHS_1);
  return info;
}

int32_t tw_dpotrs(int32_t n, int32_t nrhs, const double *a, int32_t lda, double *b, int32_t ldb) {
  int32_t info = 0;
  dpotrs_("L", &n, &nrhs, a, &lda, b, &ldb, &info HIDDEN_LENGTHS_1);
  return info;
}

int32_t tw_dpotri(int32_t n, double *a, int32_t lda) {
  int32_t info = 0;
  dpotri_("L", &n, a, &lda, &info HIDDEN_LENGTHS_1);
  return info;
}

int32_t tw_dpbtrf(int32_t n, int32_t kd, double *ab, int32_t ldab) {
  int32_t info = 0;
  dpbtrf_("L", &n, &kd, ab, &ldab, &info HIDDEN_LENGTHS_1);
  return info;
}

int32_t tw_dpbtrs(int32_t n, int32_t kd, int32_t nrhs, const double *ab, int32_t ldab, double *b, int32_t ldb) {
  int32_t info = 0;
  dpbtrs_("L", &n, &kd, &nrhs, ab, &ldab, b, &ldb, &info HIDDEN_LENGTHS_1);
  return info;
}

// Least squares

int32_t tw_dgelsd(int32_t m, int32_t n, int32_t nrhs, double *a, int32_t lda, double *b, int32_t ldb, double *s,
                  double rcond, int32_t *rank) {
  int32_t info = 0, lwork = -1, ibest = 1;
  double best = 1;
  dgelsd_(&m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, &best, &lwork, &ibest, &info);
  if (info != 0)
    return info;
  lwork = best < 1 ? 1 : (int32_t)best;
  double *work = malloc((size_t)lwork * sizeof(double));
  int32_t *iwork = malloc((size_t)(ibest < 1 ? 1 : ibest) * sizeof(int32_t));
  if (work && iwork)
    dgelsd_(&m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, work, &lwork, iwork, &info);
  else
    info = TW_OUT_OF_MEMORY;
  free(work);
  free(iwork);
  return info;
}

int32_t tw_dgglse(int32_t m, int32_t n, int32_t p, double *a, int32_t lda, double *b, int32_t ldb, double *c,
                  double *d, double *x) {
#define CALL(work, lwork) dgglse_(&m, &n, &p, a, &lda, b, &ldb, c, d, x, work, lwork, &info)
  WITH_WORKSPACE(CALL);
#undef CALL
}

int32_t tw_dggglm(int32_t n, int32_t m, int32_t p, double *a, int32_t lda, double *b, int32_t ldb, double *d,
                  double *x, double *y) {
#define CALL(work, lwork) dggglm_(&n, &m, &p, a, &lda, b, &ldb, d, x, y, work, lwork, &info)
  WITH_WORKSPACE(CALL);
#undef CALL
}
