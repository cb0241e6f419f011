#include "TradewindLAPACK.h"
