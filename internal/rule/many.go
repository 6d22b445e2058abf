package rule

import (
	"math"
	"slices"
)

// Sum-like functions of many numbers.
var (
	Sum = &FuncN{
		Name: "sum", Terms: Singles,
		Value: func(x, _, sx, _ []float64) float64 {
			z := math.Copysign(0, -1) // -0 + x is x, also for x = -0
			for i, v := range x {
				z += v
				sx[i] = 1
			}
			return z
		},
		Curve: func(_, _ []float64, _ float64, _, _, cx, _ []float64) { clear(cx) },
	}
	Dot = &FuncN{
		Name: "dot", Terms: Products,
		Value: func(x, y, sx, sy []float64) float64 {
			z := math.Copysign(0, -1)
			for i, v := range x {
				z += float64(v * y[i])
				sx[i], sy[i] = y[i], v
			}
			return z
		},
		Curve: func(_, _ []float64, _ float64, vx, vy, cx, cy []float64) {
			copy(cx, vy)
			copy(cy, vx)
		},
	}
	SumSq = &FuncN{
		Name: "sumsq", Terms: Squares,
		Value: func(x, _, sx, _ []float64) float64 {
			z := 0.0
			for i, v := range x {
				z += float64(v * v)
				sx[i] = 2 * v
			}
			return z
		},
		Curve: func(_, _ []float64, _ float64, vx, _, cx, _ []float64) {
			for i, v := range vx {
				cx[i] = 2 * v
			}
		},
	}
	// LogSumExp has the softmax of x for slopes. Where x is all -Inf the
	// result is -Inf, the logarithm of an empty sum, and its slopes are 0;
	// an entry of +Inf has a NaN slope.
	LogSumExp = &FuncN{
		Name: "logsumexp",
		Value: func(x, _, sx, _ []float64) float64 {
			m := math.Inf(-1)
			for _, v := range x {
				m = max(m, v)
			}
			if m-m != 0 {
				return logSumInf(x, sx, m)
			}
			rest, top := 0.0, true // the sum but for the largest, so that a small one counts
			for i, v := range x {
				e := expDiff(v, m)
				sx[i] = e
				if top && v == m {
					top = false
				} else {
					rest += e
				}
			}
			for i := range sx {
				sx[i] /= 1 + rest
			}
			return m + math.Log1p(rest)
		},
		Curve: func(sx, _ []float64, z float64, vx, _, cx, _ []float64) {
			// s[i]·Σ s[j](v[i]-v[j]): the slopes add up to 1, so that their
			// own share of the mean cancels here and not in the result.
			if math.IsInf(z, 1) {
				for i, s := range sx {
					cx[i] = 0
					if vx[i] != 0 {
						cx[i] = 0 * s // NaN where the slope is
					}
				}
				return
			}
			rest, mean := 0.0, 0.0
			for i, s := range sx {
				cx[i] = vx[i]*rest - mean
				rest, mean = rest+s, mean+s*vx[i]
			}
			rest, mean = 0, 0
			for i, s := range slices.Backward(sx) {
				cx[i] = s * (cx[i] + (vx[i]*rest - mean))
				rest, mean = rest+s, mean+s*vx[i]
			}
		},
	}
	// Norm2 is the Euclidean norm, computed without overflow. At the origin
	// its slopes are 0, the least of its subgradients.
	Norm2 = &FuncN{
		Name: "norm2",
		Value: func(x, _, sx, _ []float64) float64 {
			m := 0.0
			for _, v := range x {
				m = larger(m, math.Abs(v))
			}
			if m == 0 || math.IsInf(m, 0) || m != m {
				z := 0.0
				for i, v := range x { // as hypot has it
					for j := range sx[:i] {
						sx[j] *= unit(z, v)
					}
					sx[i] = unit(v, z)
					z = hypot(z, v)
				}
				return z
			}
			_, e := math.Frexp(m)
			sum := 0.0
			for i, v := range x {
				sx[i] = math.Ldexp(v, -e)
				sum += sx[i] * sx[i]
			}
			z := math.Sqrt(sum)
			for i := range sx {
				sx[i] /= z
			}
			return math.Ldexp(z, e)
		},
		Curve: func(sx, _ []float64, z float64, vx, _, cx, _ []float64) {
			// Σ s[j](s[j]v[i]-s[i]v[j])/z: the squares of the slopes add up
			// to 1, so that a slope's own share cancels here and not in the
			// result.
			if math.IsInf(z, 0) {
				flatAtInf(sx, vx, cx)
				return
			}
			rest, dz := 0.0, 0.0
			for i, s := range sx {
				cx[i] = vx[i]*rest - s*dz
				rest, dz = rest+s*s, dz+s*vx[i]
			}
			rest, dz = 0, 0
			for i, s := range slices.Backward(sx) {
				cx[i] = (cx[i] + (vx[i]*rest - s*dz)) / z
				rest, dz = rest+s*s, dz+s*vx[i]
			}
		},
	}
)

// logSumInf returns the logarithm of the sum of the exponentials of x, of which m is
// the largest and not finite, and writes its slopes to sx.
func logSumInf(x, sx []float64, m float64) float64 {
	for i, v := range x {
		sx[i] = 0
		if m != m || math.IsInf(v, 1) {
			sx[i] = math.NaN()
		}
	}
	return m
}

// flatAtInf writes the rates of the slopes of a norm that is infinite: 0, but NaN
// between entries whose slopes are.
func flatAtInf(sx, vx, cx []float64) {
	dz := 0.0
	for i, s := range sx {
		if vx[i] != 0 {
			dz += s * vx[i]
		}
	}
	for i, s := range sx {
		cx[i] = 0 * (s * dz)
	}
}
