package adbench

import "math"

// What gmm computes, in plain Go: with loops over slices of floats, and ‖Q(x-μ)‖²
// as it stands. That is the yardstick of BenchmarkGMM.

// A plainMixture is a mixture with room for what a point takes.
type plainMixture struct {
	*Mixture
	diagonal, logDet     []float64 // of every component
	diff, image, weights []float64 // of one point: x-μ and Q(x-μ) by component
}

func newPlainMixture(g *Mixture) *plainMixture {
	room := func(n int) []float64 { return make([]float64, n) }
	return &plainMixture{g, room(g.k * g.d), room(g.k), room(g.k * g.d), room(g.k * g.d), room(g.k)}
}

// split returns the three groups of parameters, and computes diagonals and
// determinants.
func (g *plainMixture) split(x []float64) (alpha, mu, icf []float64) {
	alpha, mu, icf = x[:g.k], x[g.k:g.k+g.k*g.d], x[g.k+g.k*g.d:]
	size := g.d * (g.d + 1) / 2
	for c := range g.k {
		g.logDet[c] = 0
		for i, q := range icf[c*size : c*size+g.d] {
			g.logDet[c] += q
			g.diagonal[c*g.d+i] = math.Exp(q)
		}
	}
	return alpha, mu, icf
}

// residual writes x-μ and Q(x-μ) for one component and returns half of the square
// of the latter.
func residual(diff, image, x, mean, diagonal, below []float64) float64 {
	image, mean, diagonal, diff = image[:len(x)], mean[:len(x)], diagonal[:len(x)], diff[:len(x)]
	for i, v := range x {
		diff[i] = v - mean[i]
		image[i] = diagonal[i] * diff[i]
	}
	for j, v := range diff {
		column := below[:len(x)-1-j]
		rest := image[j+1:][:len(column)]
		for i, q := range column {
			rest[i] += q * v
		}
		below = below[len(column):]
	}
	sum := 0.0
	for _, v := range image {
		sum += v * v
	}
	return sum / 2
}

// logSumExp replaces v by its softmax.
func logSumExp(v []float64) float64 {
	m := v[0]
	for _, t := range v[1:] {
		if t > m {
			m = t
		}
	}
	sum := 0.0
	for i, t := range v {
		v[i] = math.Exp(t - m)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
	return m + math.Log(sum)
}

// logSumExpOf leaves v as it is.
func logSumExpOf(v []float64) float64 {
	m := v[0]
	for _, t := range v[1:] {
		if t > m {
			m = t
		}
	}
	sum := 0.0
	for _, t := range v {
		sum += math.Exp(t - m)
	}
	return m + math.Log(sum)
}

// primal returns the value.
func (g *plainMixture) primal(x []float64) float64 {
	alpha, mu, icf := g.split(x)
	d, size := g.d, g.d*(g.d+1)/2
	sum := 0.0
	for _, x := range g.points {
		for c := range g.weights {
			half := residual(g.diff[:d], g.image[:d], x, mu[c*d:], g.diagonal[c*d:], icf[c*size+d:(c+1)*size])
			g.weights[c] = alpha[c] + g.logDet[c] - half
		}
		sum += logSumExpOf(g.weights)
	}
	return sum - float64(len(g.points))*logSumExpOf(alpha) + g.prior(icf) + g.constant()
}

func (g *plainMixture) prior(icf []float64) float64 {
	d, size := g.d, g.d*(g.d+1)/2
	sum := 0.0
	for c := range g.k {
		squares := 0.0
		for _, v := range g.diagonal[c*d : (c+1)*d] {
			squares += v * v
		}
		for _, v := range icf[c*size+d : (c+1)*size] {
			squares += v * v
		}
		sum += g.gamma*g.gamma/2*squares - float64(g.m)*g.logDet[c]
	}
	return sum
}

// gradient writes the gradient, derived by hand, and returns the value.
func (g *plainMixture) gradient(dst, x []float64) float64 {
	alpha, mu, icf := g.split(x)
	d, k, size := g.d, g.k, g.d*(g.d+1)/2
	clear(dst)
	dAlpha, dMu, dIcf := dst[:k], dst[k:k+k*d], dst[k+k*d:]
	sum := 0.0
	for _, x := range g.points {
		for c := range g.weights {
			half := residual(g.diff[c*d:], g.image[c*d:], x, mu[c*d:], g.diagonal[c*d:], icf[c*size+d:(c+1)*size])
			g.weights[c] = alpha[c] + g.logDet[c] - half
		}
		sum += logSumExp(g.weights)
		for c, w := range g.weights {
			dAlpha[c] += w
			diff, image, diagonal := g.diff[c*d:(c+1)*d], g.image[c*d:(c+1)*d], g.diagonal[c*d:(c+1)*d]
			below, dBelow := icf[c*size+d:(c+1)*size], dIcf[c*size+d:(c+1)*size]
			for j, v := range diff {
				rest := image[j+1:]
				column, dColumn := below[:len(rest)], dBelow[:len(rest)]
				back := diagonal[j] * image[j] // an entry of Qᵀ(Q(x-μ))
				for i, r := range rest {
					back += column[i] * r
					dColumn[i] -= w * v * r
				}
				dMu[c*d+j] += w * back
				dIcf[c*size+j] += w * (1 - v*diagonal[j]*image[j])
				below, dBelow = below[len(rest):], dBelow[len(rest):]
			}
		}
	}
	n := float64(len(g.points))
	copy(g.weights, alpha)
	sum -= n * logSumExp(g.weights)
	for c, w := range g.weights {
		dAlpha[c] -= n * w
		for i := range size {
			q := icf[c*size+i]
			if i < d {
				q = g.diagonal[c*d+i] * g.diagonal[c*d+i]
				dIcf[c*size+i] -= float64(g.m)
			}
			dIcf[c*size+i] += g.gamma * g.gamma * q
		}
	}
	return sum + g.prior(icf) + g.constant()
}
