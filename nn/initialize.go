package nn

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// An Initializer sets the elements of a new parameter. Some go by fans: the number of inputs of a
// result and the number of results of an input. For a weight of shape [out, in, k…] these are in·k
// and out·k, with k the product of the lengths that follow.
type Initializer func(p *Param, rng *rand.Rand)

// fans returns the fans of a weight, which has at least two axes.
func fans(p *Param) (in, out float64) {
	if len(p.Shape) < 2 {
		panic(fmt.Sprintf("nn: %s of shape %v has no fans: it needs two axes", p.Name, p.Shape))
	}
	k := 1
	for _, d := range p.Shape[2:] {
		k *= d
	}
	return float64(p.Shape[1] * k), float64(p.Shape[0] * k)
}

// Constant sets all elements to c.
//
// Cost: one pass over the elements.
func Constant(c float64) Initializer {
	return func(p *Param, _ *rand.Rand) {
		for i := range p.Value {
			p.Value[i] = c
		}
	}
}

// Uniform draws uniformly from lo to hi, with mean (lo+hi)/2 and variance (hi-lo)²/12.
//
// Cost: a random number for every element.
func Uniform(lo, hi float64) Initializer {
	return func(p *Param, rng *rand.Rand) {
		for i := range p.Value {
			p.Value[i] = lo + (hi-lo)*rng.Float64()
		}
	}
}

// Normal draws from the normal distribution with the mean and the variance deviation².
//
// Cost: a random number for every element.
func Normal(mean, deviation float64) Initializer {
	return func(p *Param, rng *rand.Rand) {
		for i := range p.Value {
			p.Value[i] = mean + deviation*rng.NormFloat64()
		}
	}
}

// TruncatedNormal draws from the normal distribution and draws again outside of lo to hi, which are
// counted in deviations from the mean. Its variance is less than deviation²: with φ the density and
// Z the share between lo and hi, it is
//
//	deviation²·(1 - (hi·φ(hi) - lo·φ(lo))/Z - ((φ(hi) - φ(lo))/Z)²)
//
// Cost: a random number for every element, and those that are drawn again, at most a thousand for
// an element on average.
//
// TruncatedNormal panics if lo is not less than hi, or if less than a thousandth of the
// distribution lies between them.
func TruncatedNormal(mean, deviation, lo, hi float64) Initializer {
	if share := (math.Erf(hi/math.Sqrt2) - math.Erf(lo/math.Sqrt2)) / 2; !(share > 1e-3) {
		panic(fmt.Sprintf("nn: TruncatedNormal between %v and %v deviations", lo, hi))
	}
	return func(p *Param, rng *rand.Rand) {
		for i := range p.Value {
			z := rng.NormFloat64()
			for z < lo || z > hi {
				z = rng.NormFloat64()
			}
			p.Value[i] = mean + deviation*z
		}
	}
}

// XavierUniform draws uniformly with the variance gain²·2/(in+out) of the fans (Glorot
// and Bengio 2010): a gain of 1 keeps the variance through a linear layer.
//
// Like every Initializer that goes by fans, it panics for a parameter with fewer than two axes.
//
// Cost: a random number for every element.
func XavierUniform(gain float64) Initializer {
	return spread(false, func(in, out float64) float64 { return gain * math.Sqrt(2/(in+out)) })
}

// XavierNormal is XavierUniform with the normal distribution.
//
// Cost: a random number for every element.
func XavierNormal(gain float64) Initializer {
	return spread(true, func(in, out float64) float64 { return gain * math.Sqrt(2/(in+out)) })
}

// HeUniform draws uniformly with the variance 2/in of the fan (He et al. 2015), which keeps the
// variance through a linear layer after a ReLU.
//
// Cost: a random number for every element.
func HeUniform() Initializer {
	return spread(false, func(in, _ float64) float64 { return math.Sqrt(2 / in) })
}

// HeNormal is HeUniform with the normal distribution.
//
// Cost: a random number for every element.
func HeNormal() Initializer {
	return spread(true, func(in, _ float64) float64 { return math.Sqrt(2 / in) })
}

// LeCunUniform draws uniformly with the variance 1/in of the fan (LeCun et al. 1998).
//
// Cost: a random number for every element.
func LeCunUniform() Initializer {
	return spread(false, func(in, _ float64) float64 { return math.Sqrt(1 / in) })
}

// LeCunNormal is LeCunUniform with the normal distribution.
//
// Cost: a random number for every element.
func LeCunNormal() Initializer {
	return spread(true, func(in, _ float64) float64 { return math.Sqrt(1 / in) })
}

// spread draws with mean 0 and the deviation that the fans give.
func spread(normal bool, deviation func(in, out float64) float64) Initializer {
	return func(p *Param, rng *rand.Rand) {
		d := deviation(fans(p))
		if normal {
			Normal(0, d)(p, rng)
			return
		}
		Uniform(-math.Sqrt(3)*d, math.Sqrt(3)*d)(p, rng)
	}
}

// Orthogonal draws a uniformly distributed matrix with orthogonal rows of length gain, or
// orthogonal columns if there are more rows than columns (Saxe et al. 2014; Mezzadri 2007). The
// matrix has Shape[0] rows.
//
// Cost: a QR decomposition.
//
// Orthogonal panics for a parameter with fewer than two axes.
func Orthogonal(gain float64) Initializer {
	return func(p *Param, rng *rand.Rand) {
		fans(p)
		if len(p.Value) == 0 {
			return
		}
		rows := p.Shape[0]
		cols := len(p.Value) / rows
		m, n := max(rows, cols), min(rows, cols)
		a := mat.NewDense(m, n, nil)
		for i := range m {
			for j := range n {
				a.Set(i, j, rng.NormFloat64())
			}
		}
		var qr mat.QR
		qr.Factorize(a)
		var q, r mat.Dense
		qr.QTo(&q)
		qr.RTo(&r)
		for i := range rows {
			for j := range cols {
				k, l := i, j // of the tall matrix
				if rows < cols {
					k, l = j, i
				}
				p.Value[i*cols+j] = gain * q.At(k, l) * math.Copysign(1, r.At(l, l))
			}
		}
	}
}

// initialize sets the parameters of a layer.
func initialize(rng *rand.Rand, init Initializer, params ...*Param) {
	for _, p := range params {
		init(p, rng)
	}
}
