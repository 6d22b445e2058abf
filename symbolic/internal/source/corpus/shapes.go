package corpus

import "math"

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func density,affine,model.Loss,model.Energy,scaled -o shapes_adgen.go shapes.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func subset -wrt x,t -modes reverse,forward -o shapes_wrt_adgen.go shapes.go

func density(x, mu, sigma float64) float64 {
	z := (x - mu) / sigma
	return math.Exp(-z*z/2) / (sigma * math.Sqrt(2*math.Pi))
}

// affine has two slices, each with a gradient, and a number between them.
func affine(w []float64, bias float64, x []float64) (y float64) {
	for i, v := range x {
		y += w[i] * v
	}
	y += bias
	return y * y
}

type model struct {
	rate   float64
	inputs [][]float64
	target []float64
}

// Loss reads the data of its receiver, which are constants.
func (m model) Loss(w []float64) float64 {
	sum := 0.0
	for i, y := range m.target {
		row := m.inputs[i]
		p := 0.0
		for j, v := range row {
			p += v * w[j]
		}
		sum += (p - y) * (p - y)
	}
	return sum * m.rate
}

func (m *model) Energy(w []float64) float64 {
	e := 0.0
	for _, v := range w {
		e += m.rate * v * v * v
	}
	return e
}

// scaled assigns to a parameter.
func scaled(x []float64, t float64, n int) float64 {
	for n > 0 {
		t = t*t + x[0]
		n--
	}
	return t * x[1]
}

// subset is differentiated by x and t: c and the numbers in data are constants.
func subset(x []float64, c float64, t float64, data []float64) float64 {
	c *= 2
	y := 0.0
	for i, d := range data {
		y += d * x[i%len(x)] * t * c
	}
	return y + c
}
