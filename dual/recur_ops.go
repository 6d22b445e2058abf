package dual

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// The operations of rows that recurrences are made of.
var (
	opBinEntropy = ad.NewOp((*ad.Func)(rule.BinEntropy))
	opExpGap     = ad.NewOp((*ad.Func)(rule.ExpGap))
	opFlat       = ad.NewOp((*ad.Func)(rule.Flat))
	opGELUGate   = ad.NewOp((*ad.Func)(rule.GELUGate))
	opGauss      = ad.NewOp((*ad.Func)(rule.Gauss))
	opHyperbola  = ad.NewOp((*ad.Func)(rule.Hyperbola))
	opInvPos     = ad.NewOp((*ad.Func)(rule.InvPos))
	opLorentzian = ad.NewOp((*ad.Func)(rule.Lorentzian))
	opNormCDF    = ad.NewOp((*ad.Func)(rule.NormCDF))
	opNormPDF    = ad.NewOp((*ad.Func)(rule.NormPDF))
	opRcircle    = ad.NewOp((*ad.Func)(rule.Rcircle))
	opSec        = ad.NewOp((*ad.Func)(rule.Sec))
	opSech       = ad.NewOp((*ad.Func)(rule.Sech))
	opStep       = ad.NewOp((*ad.Func)(rule.Step))

	opAbove     = ad.NewOp2((*ad.Func2)(rule.Above))
	opFraction  = ad.NewOp2((*ad.Func2)(rule.Fraction))
	opPolygamma = ad.NewOp2((*ad.Func2)(rule.Polygamma))
	opPow       = ad.NewOp2((*ad.Func2)(rule.Pow))
	opPowSlope  = ad.NewOp2((*ad.Func2)(rule.PowSlope))
	opQuotient  = ad.NewOp2((*ad.Func2)(rule.Quotient))
	opShare     = ad.NewOp2((*ad.Func2)(rule.Share))
	opSoftplus  = ad.NewOp2((*ad.Func2)(rule.Softplus))
	opUnit      = ad.NewOp2((*ad.Func2)(rule.Unit))
	opXDivY     = ad.NewOp2((*ad.Func2)(rule.XDivY))
	opXLogY     = ad.NewOp2((*ad.Func2)(rule.XLogY))
)
