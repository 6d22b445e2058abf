package metric

import "fmt"

// Interpolation names a variant of the average precision. They are different
// numbers; a result without its variant cannot be compared.
type Interpolation int

const (
	// Step is Σ (R_i - R_(i-1)) P_i over the points of the curve, R recall and
	// P precision, without interpolation.
	Step Interpolation = iota
	// AllPoint is the same with P_i replaced by the envelope, which is the
	// largest precision at that recall or beyond (VOC from 2010 on).
	AllPoint
	// ElevenPoint is the mean of the envelope at recall 0, 0.1, …, 1
	// (Everingham et al., VOC 2007).
	ElevenPoint
	// HundredOnePoint is the mean of the envelope at recall 0, 0.01, …, 1
	// (Lin et al., COCO, arXiv:1405.0312).
	HundredOnePoint
)

// AveragePrecision returns the area under the precision-recall curve by one of
// its definitions. It is not defined without positive samples.
//
// Cost: linear in the number of points.
func (c Curve) AveragePrecision(how Interpolation) Score {
	if how < Step || how > HundredOnePoint {
		panic(fmt.Sprintf("metric: no interpolation %d, of Step to HundredOnePoint, 0 to 3", how))
	}
	if len(c) == 0 || c[0].FN == 0 {
		return undefined(noPositives)
	}
	positives := c[0].FN
	switch how {
	case ElevenPoint:
		return defined(c.sample(10, positives))
	case HundredOnePoint:
		return defined(c.sample(100, positives))
	}
	area, envelope := 0.0, 0.0
	for i := len(c) - 1; i > 0; i-- {
		precision := c.precision(i)
		if envelope = max(envelope, precision); how == AllPoint {
			precision = envelope
		}
		area += float64(c[i].TP-c[i-1].TP) * precision
	}
	return defined(area / float64(positives))
}

// sample returns the mean of the envelope at recall 0, 1/n, …, 1. Recall i/n is
// reached where TP n ≥ i P, in integers: no rounding moves a point.
func (c Curve) sample(n, positives int) float64 {
	sum, envelope := 0.0, 0.0
	k := len(c) - 1
	for i := n; i >= 0; i-- {
		for ; k > 0 && c[k].TP*n >= i*positives; k-- {
			envelope = max(envelope, c.precision(k))
		}
		sum += envelope
	}
	return sum / float64(n+1)
}

func (c Curve) precision(i int) float64 {
	return float64(c[i].TP) / float64(c[i].TP+c[i].FP)
}
