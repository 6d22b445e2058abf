package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func pendulum,odeFit,newtonRoot,newtonWhile,eliminate,robotArm,springs,cell,powers,bisect,firstNegative,overwritten,swapped,horner,movingSum,triangular,countdown,clipped,nested,lotkaVolterra -o dynamics_adgen.go dynamics.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -modes second -func pendulum,odeFit,newtonRoot,newtonWhile,eliminate,robotArm,springs,cell,powers,bisect,firstNegative,overwritten,swapped,horner,movingSum,triangular,countdown,clipped,nested,lotkaVolterra -o dynamics_hvp_adgen.go dynamics.go

// pendulum takes steps of Runge and Kutta's fourth-order method.
func pendulum(x []float64) float64 {
	angle, speed := x[0], x[1]
	const h = 0.05
	for range 40 {
		a1, s1 := speed, -x[2]*math.Sin(angle)
		a2, s2 := speed+h/2*s1, -x[2]*math.Sin(angle+h/2*a1)
		a3, s3 := speed+h/2*s2, -x[2]*math.Sin(angle+h/2*a2)
		a4, s4 := speed+h*s3, -x[2]*math.Sin(angle+h*a3)
		angle += h / 6 * (a1 + 2*a2 + 2*a3 + a4)
		speed += h / 6 * (s1 + 2*s2 + 2*s3 + s4)
	}
	return angle*angle + 0.1*speed
}

func rate(y, k float64) float64 { return -k * y / (1 + y*y) }

func odeFit(x []float64) float64 {
	data := []float64{0.9, 0.8, 0.72, 0.65}
	y := x[0]
	loss := 0.0
	for _, d := range data {
		for i := 0; i < 5; i++ {
			mid := y + 0.05*rate(y, x[1])
			y += 0.1 * rate(mid, x[1])
		}
		loss += (y - d) * (y - d)
	}
	return loss
}

// newtonRoot is the square root of x[0] by a fixed number of steps.
func newtonRoot(x []float64) float64 {
	r := x[0]
	for range 8 {
		r = (r + x[0]/r) / 2
	}
	return r
}

// newtonWhile is the root of t·exp(t) = x[0].
func newtonWhile(x []float64) float64 {
	t := 0.5
	step := 1.0
	n := 0
	for math.Abs(step) > 1e-14 && n < 100 {
		e := math.Exp(t)
		step = (t*e - x[0]) / (e * (t + 1))
		t -= step
		n++
	}
	return t
}

// eliminate solves a system with pivoting and returns the sum of squares of the solution.
func eliminate(x []float64) float64 {
	n := 3
	a := make([]float64, n*n)
	b := make([]float64, n)
	for i := range a {
		a[i] = x[i]
	}
	for i := range b {
		b[i] = x[n*n+i]
	}
	for k := 0; k < n; k++ {
		pivot := k
		for i := k + 1; i < n; i++ {
			if math.Abs(a[i*n+k]) > math.Abs(a[pivot*n+k]) {
				pivot = i
			}
		}
		if pivot != k {
			for j := k; j < n; j++ {
				a[k*n+j], a[pivot*n+j] = a[pivot*n+j], a[k*n+j]
			}
			b[k], b[pivot] = b[pivot], b[k]
		}
		for i := k + 1; i < n; i++ {
			f := a[i*n+k] / a[k*n+k]
			for j := k; j < n; j++ {
				a[i*n+j] -= f * a[k*n+j]
			}
			b[i] -= f * b[k]
		}
	}
	sum := 0.0
	for i := n - 1; i >= 0; i-- {
		s := b[i]
		for j := i + 1; j < n; j++ {
			s -= a[i*n+j] * b[j]
		}
		b[i] = s / a[i*n+i]
		sum += b[i] * b[i]
	}
	return sum
}

func robotArm(x []float64) float64 {
	var px, py, angle float64
	for i, v := range x {
		angle += v
		length := 1 / float64(i+1)
		px += length * math.Cos(angle)
		py += length * math.Sin(angle)
	}
	return math.Hypot(px-0.7, py-0.4)
}

func springs(x []float64) float64 {
	energy := 0.0
	n := len(x) / 2
	for i := 0; i < n; i++ {
		for j := i + 1; j < n; j++ {
			dx, dy := x[2*i]-x[2*j], x[2*i+1]-x[2*j+1]
			d := math.Sqrt(dx*dx+dy*dy) - 1
			energy += 0.5 * d * d
		}
	}
	return energy
}

func sigmoid(z float64) float64 {
	if z >= 0 {
		return 1 / (1 + math.Exp(-z))
	}
	e := math.Exp(z)
	return e / (1 + e)
}

// cell is a recurrent cell with a gate.
func cell(x []float64) float64 {
	inputs := []float64{0.5, -0.3, 0.8, 0.1, -0.9, 0.4}
	c, h := 0.0, 0.0
	loss := 0.0
	for _, in := range inputs {
		forget := sigmoid(x[0]*in + x[1]*h + x[2])
		c = forget*c + (1-forget)*math.Tanh(x[3]*in+x[4]*h)
		h = forget * math.Tanh(c)
		loss += (h - in) * (h - in)
	}
	return loss
}

func powers(x []float64) float64 {
	y := 1.0
	for i := len(x) - 1; i >= 0; i-- {
		y = y*x[i] + x[i]/y
	}
	return y
}

// bisect finds where t³ + t is x[0], and takes one step of Newton's method from there.
func bisect(x []float64) float64 {
	lo, hi := 0.0, 10.0
	for hi-lo > 1e-12 {
		mid := (lo + hi) / 2
		if mid*mid*mid+mid < x[0] {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo - (lo*lo*lo+lo-x[0])/(3*lo*lo+1)
}

// firstNegative returns from within two loops.
func firstNegative(x []float64) float64 {
	t := x[0] * x[0]
	for i := 0; i < len(x); i++ {
		for j := 0; j <= i; j++ {
			t += x[i] * x[j] * t
			if x[i]*x[j] < -1 {
				return t * x[i]
			}
		}
		if i == 1 {
			continue
		}
		t *= 0.9
	}
	return t * t
}

// overwritten reads a variable in all of its lives.
func overwritten(x []float64) float64 {
	v := x[0]
	a := v * v
	v = math.Sin(v) * x[1]
	b := v * a
	v *= v
	v -= b * v
	if v > 0.1 {
		v = v*a + b
		a = v * v
	}
	return v*a + b*math.Exp(v)
}

func swapped(x []float64) float64 {
	a, b := x[0], x[1]
	for range 5 {
		a, b = b, a*b+x[2]
	}
	return a * b
}

func horner(x []float64) float64 {
	t := 0.7 * x[0]
	y := 0.0
	for _, c := range x[1:] {
		y = y*t + c
	}
	return y * y
}

func movingSum(x []float64) float64 {
	w := make([]float64, len(x))
	for i, v := range x {
		w[i] = v * v
		if i > 0 {
			w[i] += 0.5 * w[i-1] * v
		}
	}
	y := 0.0
	for i := range w {
		y += w[i] * w[len(w)-1-i]
	}
	return y
}

func triangular(x []float64) float64 {
	var a [4]float64
	for i := range 4 {
		a[i] = x[i%len(x)] * float64(i+1)
	}
	for k := 0; k < 3; k++ {
		for i := 0; i < 3-k; i++ {
			a[i] = a[i]*a[i+1] + math.Cos(a[i])
		}
	}
	return a[0]
}

func countdown(x []float64) float64 {
	y := x[0]
	n := 10
	for {
		n--
		if n < 0 {
			break
		}
		if n%3 == 0 {
			continue
		}
		y += x[1] * math.Sin(y) / float64(n)
		if y > 5 {
			y /= 2
			break
		}
	}
	return y
}

func clipped(x []float64) float64 {
	y := 0.0
	for _, v := range x {
		y += max(min(v, 1), -1) * math.Max(v, 0.5)
	}
	return y * math.Floor(x[0])
}

func nested(x []float64) float64 {
	total := 1.0
	for i := range x {
		inner := x[i]
		for j := range x {
			if j == i {
				continue
			}
			inner = inner*0.5 + x[j]*inner*total
		}
		total += 0.1 * inner
	}
	return total
}

func lotkaVolterra(x []float64) float64 {
	prey, hunter := x[0], x[1]
	path := make([]float64, 21)
	for i := 0; i < 20; i++ {
		path[i] = prey
		dp := prey * (x[2] - x[3]*hunter)
		dh := hunter * (x[3]*prey - 1)
		prey, hunter = prey+0.05*dp, hunter+0.05*dh
	}
	path[20] = hunter
	s := 0.0
	for i, p := range path {
		s += p * p * float64(i)
	}
	return s / 100
}
