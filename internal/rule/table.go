package rule

// Functions, Functions2 and FunctionsN list the table: every row that package ad
// has a name for.
var (
	Functions = []*Func{
		Square, Cube, Reciprocal, Sqrt, Rsqrt, Cbrt,
		Exp, Exp2, Expm1, Log, Log2, Log10, Log1p,
		Sin, Cos, Tan, Asin, Acos, Atan,
		Sinh, Cosh, Tanh, Asinh, Acosh, Atanh,
		Abs, Sign, Floor, Ceil, Trunc, Round, RoundToEven,
		Erf, Erfc, Gamma, Lgamma, Digamma,
		Sigmoid, LogSigmoid, Softsign, SiLU, GELU, GELUTanh, Mish, TanhShrink,
		ReLU, ReLU6, SELU, HardSigmoid, HardSwish,
	}
	Functions2 = []*Func2{
		Hypot, Pow, Atan2, LogAddExp, XLogY,
		Max, Min, Copysign, Mod,
		Softplus, LeakyReLU, ELU, CELU, HardShrink, SoftShrink,
	}
	FunctionsN = []*FuncN{Sum, Dot, SumSq, Norm2, LogSumExp}
)

// Helpers and Helpers2 list the rows that only the texts of other rows, and the
// vector functions of package ad, make use of.
var (
	Helpers  = []*Func{InvPos, Gauss, Sec, Sech, Rcbrt, Rcircle, Hyperbola, Lorentzian, NormPDF, NormCDF, BinEntropy, GELUGate, GELUSech, ExpGap, Step, Flat}
	Helpers2 = []*Func2{
		SoftplusX, SoftplusY, SoftplusXX, SoftplusYY, CELUX, CELUY, CELUXX, CELUXY, CELUYY,
		PowSlope, PowLog, PowMix, PowCurve, PowLog2,
		Unit, UnitSlope, UnitCross, Dipole, Quadrupole, Crosspole,
		ExpDiff, Share, LogPlus, LogPart, XDivY, XDivSquare, Fraction, Polygamma, Above, Quotient, Pivot,
	}
)
