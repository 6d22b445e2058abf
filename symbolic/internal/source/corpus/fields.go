package corpus

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func decay.Cost,quadratic -o fields_adgen.go fields.go
//go:generate go run github.com/quartet-ad/ad/symbolic/adgen -func forced -wrt x,d -o fields_wrt_adgen.go fields.go

type decay struct {
	rate    float64
	weights []float64
	corner  [2]float64
	shift   struct{ by float64 }
	steps   int
}

func (d *decay) at(t float64) float64 { return math.Exp(-d.rate*t) + d.shift.by*t }

// Cost is differentiated by the fields of its receiver.
func (d *decay) Cost() float64 {
	sum := 0.0
	for i, w := range d.weights {
		sum += w * w * d.at(float64(i)) * float64(len(d.weights)+d.steps)
	}
	return sum*d.corner[0] + d.corner[1]*d.corner[1]*d.weights[0]
}

// forced is differentiated by a slice and a struct.
func forced(x []float64, d decay) float64 { return x[0]*d.rate + x[1]*d.weights[1]*d.shift.by }

// quadratic is differentiated by a vector.
func quadratic(v mat.Vector) float64 {
	sum := mat.Dot(v, v) * mat.Norm(v, 2)
	for i := 0; i < v.Len(); i++ {
		sum += v.AtVec(i) * v.AtVec(0) * float64(v.Len())
	}
	return sum
}
