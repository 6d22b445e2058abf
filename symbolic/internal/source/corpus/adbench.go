package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func gaussianMixture,recurrent,reprojection -wrt x -o adbench_adgen.go adbench.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func gaussianMixture,recurrent,reprojection -wrt x -o adbench_hvp_adgen.go adbench.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes forward,jacobian -func reprojections -o adbench_jacobian_adgen.go adbench.go

// These are objectives of ADBench (Šrajer, Kukelova and Fitzgibbon 2018) in plain Go.

// gaussianMixture is the logarithm of the posterior of a Gaussian mixture model of k components
// in d dimensions. The parameters x are the logarithms of the weights, the means, and for
// each component the logarithms of the diagonal of a lower triangular matrix, and then
// what is below it, column by column.
func gaussianMixture(x []float64, d, k int, points [][]float64, gamma float64, m int) float64 {
	size := d * (d + 1) / 2
	scales, logDets := make([]float64, k*d), make([]float64, k)
	for c := range k {
		for i := range d {
			l := x[k+k*d+c*size+i]
			scales[c*d+i] = math.Exp(l)
			logDets[c] += l
		}
	}
	terms, diff, scaled := make([]float64, k), make([]float64, d), make([]float64, d)
	sum := 0.0
	for n := range points {
		p := points[n]
		for c := range k {
			for i := range d {
				diff[i] = p[i] - x[k+c*d+i]
			}
			for i := range d {
				scaled[i] = scales[c*d+i] * diff[i]
			}
			for j := range d {
				begin := k + k*d + c*size + d + j*(2*d-j-1)/2
				column := x[begin : begin+d-j-1]
				for i, l := range column {
					scaled[j+1+i] += l * diff[j]
				}
			}
			square := 0.0
			for i := range d {
				square += scaled[i] * scaled[i]
			}
			terms[c] = x[c] + logDets[c] - 0.5*square
		}
		sum += logSum(terms)
	}
	alpha := x[:k]
	sum -= float64(len(points)) * logSum(alpha)
	for c := range k {
		q := k + k*d + c*size
		squares := 0.0
		for i := range d {
			squares += scales[c*d+i] * scales[c*d+i]
		}
		for i := d; i < size; i++ {
			squares += x[q+i] * x[q+i]
		}
		sum += 0.5*gamma*gamma*squares - float64(m)*logDets[c]
	}
	return sum + mixtureConstant(float64(d), float64(k), float64(len(points)), gamma, float64(m))
}

func mixtureConstant(d, k, n, gamma, m float64) float64 {
	const pi = 3.14159265359
	freedom := d + m + 1
	logGamma := d * (d - 1) / 4 * math.Log(pi)
	for j := 0; float64(j) < d; j++ {
		l, _ := math.Lgamma((freedom - float64(j)) / 2)
		logGamma += l
	}
	return -n*d*math.Log(2*pi)/2 - k*(freedom*d*(math.Log(gamma)-math.Ln2/2)-logGamma)
}

func logSum(v []float64) float64 {
	top := v[0]
	for _, a := range v {
		if a > top {
			top = a
		}
	}
	sum := 0.0
	for _, a := range v {
		sum += math.Exp(a - top)
	}
	return top + math.Log(sum)
}

func logistic1(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// recurrent is the loss of a language model: layers of long short-term memory cells with
// diagonal weights, run over characters of the sequence.
func recurrent(x []float64, layers, length, n int, start, sequence []float64) float64 {
	state := append([]float64(nil), start...)
	y := make([]float64, n)
	total := 0.0
	last := 8 * layers * n
	for t := range length - 1 {
		for i := range n {
			y[i] = sequence[t*n+i] * x[last+i]
		}
		for l := range layers {
			w, b := 8*n*l, 8*n*l+4*n
			for i := range n {
				h, c := 2*n*l+i, 2*n*l+n+i
				forget := logistic1(y[i]*x[w+i] + x[b+i])
				in := logistic1(state[h]*x[w+n+i] + x[b+n+i])
				out := logistic1(y[i]*x[w+2*n+i] + x[b+2*n+i])
				change := math.Tanh(state[h]*x[w+3*n+i] + x[b+3*n+i])
				state[c] = state[c]*forget + in*change
				state[h] = out * math.Tanh(state[c])
				y[i] = state[h]
			}
		}
		sum := 2.0
		for i := range n {
			y[i] = y[i]*x[last+n+i] + x[last+2*n+i]
			sum += math.Exp(y[i])
		}
		for i := range n {
			total += sequence[(t+1)*n+i] * (y[i] - math.Log(sum))
		}
	}
	return -total / float64(n*(length-1))
}

// reprojection is a coordinate of the error of bundle adjustment. The parameters are the
// axis and angle of a camera's rotation, its center, its focal length, its principal point
// less the observed point, two coefficients of distortion, the point, and the weight.
func reprojection(x []float64, axis int) float64 {
	px, py, distortion := projection(x)
	if axis == 0 {
		return x[14] * (px*distortion + x[7])
	}
	return x[14] * (py*distortion + x[8])
}

// reprojections are both coordinates of the error.
func reprojections(x []float64) (ex, ey float64) {
	px, py, distortion := projection(x)
	return x[14] * (px*distortion + x[7]), x[14] * (py*distortion + x[8])
}

// projection is where the point appears, and the focal length there.
func projection(x []float64) (px, py, distortion float64) {
	a0, a1, a2 := x[11]-x[3], x[12]-x[4], x[13]-x[5]
	c0, c1, c2 := a0+x[1]*a2-x[2]*a1, a1+x[2]*a0-x[0]*a2, a2+x[0]*a1-x[1]*a0
	if square := x[0]*x[0] + x[1]*x[1] + x[2]*x[2]; square > 0 {
		angle := math.Sqrt(square)
		sin, cos := math.Sincos(angle)
		u0, u1, u2 := x[0]/angle, x[1]/angle, x[2]/angle
		along := (u0*a0 + u1*a1 + u2*a2) * (1 - cos)
		c0 = a0*cos + (u1*a2-u2*a1)*sin + u0*along
		c1 = a1*cos + (u2*a0-u0*a2)*sin + u1*along
		c2 = a2*cos + (u0*a1-u1*a0)*sin + u2*along
	}
	px, py = c0/c2, c1/c2
	r := px*px + py*py
	return px, py, (1 + x[9]*r + x[10]*r*r) * x[6]
}
