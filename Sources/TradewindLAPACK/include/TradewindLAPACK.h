#ifndef TRADEWIND_LAPACK_H
#define TRADEWIND_LAPACK_H

#include <stdbool.h>
#include <stdint.h>

// The one place that knows Fortran. Every function here is a thin cover of the BLAS or LAPACK routine in its name
// (double precision, 32-bit integers, column-major). Option letters become Boolean arguments, workspace is asked for
// and freed inside, and the routine's `info` is returned:
//
//   0                 done
//   < 0               argument number -info of the Fortran routine was illegal
//   > 0               what the routine's manual says (a 1-based pivot, a count of values that did not converge, ...)
//   TW_OUT_OF_MEMORY  the workspace could not be allocated; nothing was touched
//
// Arguments keep the names of the manual: https://netlib.org/lapack/explore-html/. A leading dimension must be at
// least 1 also for an empty matrix. Nothing here checks for NaN: callers do, since some routines never end on it.

#define TW_OUT_OF_MEMORY INT32_MIN

// BLAS

/// C = alpha op(A) op(B) + beta C; op(A) is m x k, op(B) is k x n.
void tw_dgemm(bool transpose_a, bool transpose_b, int32_t m, int32_t n, int32_t k, double alpha, const double *a,
              int32_t lda, const double *b, int32_t ldb, double beta, double *c, int32_t ldc);

/// y = alpha op(A) x + beta y; A is m x n as stored.
void tw_dgemv(bool transpose, int32_t m, int32_t n, double alpha, const double *a, int32_t lda, const double *x,
              double beta, double *y);

/// The lower triangle of C = alpha A'A + beta C (transpose) or alpha AA' + beta C; C is n x n, k the other size.
void tw_dsyrk(bool transpose, int32_t n, int32_t k, double alpha, const double *a, int32_t lda, double beta,
              double *c, int32_t ldc);

/// x = op(T)^-1 x for a triangle T of order n.
void tw_dtrsv(bool lower, bool transpose, int32_t n, const double *t, int32_t ldt, double *x);

/// B = op(T)^-1 B for a triangle T of order m and B of m x n.
void tw_dtrsm(bool lower, bool transpose, int32_t m, int32_t n, const double *t, int32_t ldt, double *b, int32_t ldb);

/// x = op(T) x for a triangle T of order n.
void tw_dtrmv(bool lower, bool transpose, int32_t n, const double *t, int32_t ldt, double *x);

// Orthogonal factorisations

int32_t tw_dgeqrf(int32_t m, int32_t n, double *a, int32_t lda, double *tau);
int32_t tw_dgeqp3(int32_t m, int32_t n, double *a, int32_t lda, int32_t *jpvt, double *tau);
int32_t tw_dorgqr(int32_t m, int32_t n, int32_t k, double *a, int32_t lda, const double *tau);

/// C = op(Q) C with Q from dgeqrf or dgeqp3; C is m x n.
int32_t tw_dormqr(bool transpose, int32_t m, int32_t n, int32_t k, const double *a, int32_t lda, const double *tau,
                  double *c, int32_t ldc);

// Singular values and eigenvalues

/// Thin SVD by divide and conquer: U is m x k, VT is k x n, k = min(m, n). A is overwritten.
int32_t tw_dgesdd(int32_t m, int32_t n, double *a, int32_t lda, double *s, double *u, int32_t ldu, double *vt,
                  int32_t ldvt);

/// Eigenvalues (ascending) and eigenvectors (over A) from the lower triangle of a symmetric matrix.
int32_t tw_dsyevd(int32_t n, double *a, int32_t lda, double *w);

/// Eigenvalues of an upper Hessenberg matrix, which is balanced (dgebal) first and destroyed (dhseqr).
int32_t tw_hessenberg_eigenvalues(int32_t n, double *h, int32_t ldh, double *wr, double *wi);

// Positive definite systems; always the lower triangle

int32_t tw_dpotrf(int32_t n, double *a, int32_t lda);
int32_t tw_dpotrs(int32_t n, int32_t nrhs, const double *a, int32_t lda, double *b, int32_t ldb);
int32_t tw_dpotri(int32_t n, double *a, int32_t lda);
int32_t tw_dpbtrf(int32_t n, int32_t kd, double *ab, int32_t ldab);
int32_t tw_dpbtrs(int32_t n, int32_t kd, int32_t nrhs, const double *ab, int32_t ldab, double *b, int32_t ldb);

/// x = op(L)^-1 x for the banded lower triangle that dpbtrf leaves.
void tw_dtbsv(bool transpose, int32_t n, int32_t kd, const double *ab, int32_t ldab, double *x);

// Least squares

int32_t tw_dgelsd(int32_t m, int32_t n, int32_t nrhs, double *a, int32_t lda, double *b, int32_t ldb, double *s,
                  double rcond, int32_t *rank);

/// Minimise |c - A x| subject to B x = d; A is m x n, B is p x n. A, B, c, d are destroyed.
int32_t tw_dgglse(int32_t m, int32_t n, int32_t p, double *a, int32_t lda, double *b, int32_t ldb, double *c,
                  double *d, double *x);

/// Minimise |y| subject to d = A x + B y; A is n x m, B is n x p. A, B, d are destroyed.
int32_t tw_dggglm(int32_t n, int32_t m, int32_t p, double *a, int32_t lda, double *b, int32_t ldb, double *d,
                  double *x, double *y);

#endif
