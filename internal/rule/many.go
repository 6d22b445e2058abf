package rule

import "math"

// Sum-like functions of many numbers.
var (
	Sum = &FuncN{
		Name: "sum",
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
		Name: "dot",
		Value: func(x, y, sx, sy []float64) float64 {
			z := math.Copysign(0, -1)
			for i, v := range x {
				z += v * y[i]
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
		Name: "sumsq",
		Value: func(x, _, sx, _ []float64) float64 {
			z := 0.0
			for i, v := range x {
				z += v * v
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
			m := -math.MaxFloat64
			for _, v := range x {
				m = max(m, v)
			}
			m = min(m, math.MaxFloat64)
			sum := 0.0
			for i, v := range x {
				sx[i] = expDiff(v, m)
				sum += sx[i]
			}
			if sum == 0 {
				return math.Inf(-1)
			}
			for i := range sx {
				sx[i] /= sum
			}
			return m + log(sum)
		},
		Curve: func(sx, _ []float64, _ float64, vx, _, cx, _ []float64) {
			// Against the rate of the largest entry, which the mean may be
			// close to.
			top := 0
			for i, s := range sx {
				if s > sx[top] {
					top = i
				}
			}
			mean := 0.0
			for i, s := range sx {
				mean += s * (vx[i] - vx[top])
			}
			for i, s := range sx {
				cx[i] = s * ((vx[i] - vx[top]) - mean)
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
				for i, v := range x {
					sx[i] = unit(v, m)
				}
				return m
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
			dz := 0.0
			for i, s := range sx {
				dz += s * vx[i]
			}
			if z == 0 {
				dz = math.NaN() // the tip of a cone
			}
			for i, s := range sx {
				cx[i] = (vx[i] - s*dz) / z
			}
		},
	}
)
