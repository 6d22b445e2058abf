package corpus

import "math"

// mixtureByHand is the gradient of gaussianMixture by hand: what a point needs of a
// component is computed once.
func mixtureByHand(grad, x []float64, d, k int, points [][]float64, gamma float64, m int) float64 {
	size := d * (d + 1) / 2
	alpha, means, factors := x[:k], x[k:k+k*d], x[k+k*d:]
	gradAlpha, gradMeans, gradFactors := grad[:k], grad[k:k+k*d], grad[k+k*d:]
	clear(grad)
	scales, logDets := make([]float64, k*d), make([]float64, k)
	for c := range k {
		for i, l := range factors[c*size : c*size+d] {
			scales[c*d+i] = math.Exp(l)
			logDets[c] += l
		}
	}
	diffs, scaleds, terms := make([]float64, k*d), make([]float64, k*d), make([]float64, k)
	sum := 0.0
	for _, p := range points {
		for c := range k {
			mean, scale, lower := means[c*d:][:d], scales[c*d:][:d], factors[c*size+d:][:size-d]
			diff, scaled := diffs[c*d:][:d], scaleds[c*d:][:d]
			for i := range diff {
				diff[i] = p[i] - mean[i]
				scaled[i] = scale[i] * diff[i]
			}
			for j, v := range diff {
				rest := scaled[j+1:]
				column := lower[:len(rest)]
				for i, l := range column {
					rest[i] += l * v
				}
				lower = lower[len(rest):]
			}
			square := 0.0
			for _, v := range scaled {
				square += v * v
			}
			terms[c] = alpha[c] + logDets[c] - 0.5*square
		}
		sum += softmaxByHand(terms)
		for c, w := range terms {
			scale, lower := scales[c*d:][:d], factors[c*size+d:][:size-d]
			diff, scaled := diffs[c*d:][:d], scaleds[c*d:][:d]
			gradMean, gradScale := gradMeans[c*d:][:d], gradFactors[c*size:][:d]
			gradLower := gradFactors[c*size+d:][:size-d]
			gradAlpha[c] += w
			for j, v := range diff {
				rest := scaled[j+1:]
				column, gradColumn := lower[:len(rest)], gradLower[:len(rest)]
				slope, wv := scale[j]*scaled[j], w*v
				for i, b := range rest {
					slope += column[i] * b
					gradColumn[i] -= wv * b
				}
				lower, gradLower = lower[len(rest):], gradLower[len(rest):]
				gradMean[j] += w * slope
				gradScale[j] += w - wv*scaled[j]*scale[j]
			}
		}
	}
	shares := append([]float64(nil), alpha...)
	sum -= float64(len(points)) * softmaxByHand(shares)
	for c := range k {
		gradAlpha[c] -= float64(len(points)) * shares[c]
		squares := 0.0
		for i, v := range scales[c*d:][:d] {
			squares += v * v
			gradFactors[c*size+i] += gamma*gamma*v*v - float64(m)
		}
		for i, v := range factors[c*size+d:][:size-d] {
			squares += v * v
			gradFactors[c*size+d+i] += gamma * gamma * v
		}
		sum += 0.5*gamma*gamma*squares - float64(m)*logDets[c]
	}
	return sum + mixtureConstant(float64(d), float64(k), float64(len(points)), gamma, float64(m))
}

// softmaxByHand returns the logarithm of the sum of exponentials, and replaces each number
// by its share of the sum.
func softmaxByHand(v []float64) float64 {
	top := v[0]
	for _, a := range v {
		top = max(top, a)
	}
	sum := 0.0
	for i, a := range v {
		v[i] = math.Exp(a - top)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
	return top + math.Log(sum)
}
