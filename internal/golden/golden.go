// Package golden holds reference values that no part of this module produced:
// 60-digit arithmetic (mpmath), PyTorch 1.13.1 in float64, NIST, and answers
// worked by hand. Tests compare against them and compare/crosscheck shows them
// as referee.
package golden

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
)

//go:embed testdata/*.json
var files embed.FS

// Case is one case of a family. Which fields are set depends on the family.
type Case struct {
	ID     string         `json:"id"`
	Op     string         `json:"op"`
	Kind   string         `json:"kind"`
	Params map[string]any `json:"params"`

	// Inputs are the differentiable arguments by name, Const the others.
	Inputs map[string]Tensor `json:"inputs"`
	Const  map[string]Tensor `json:"const"`

	// Value is the result, Seed the cotangent that Grads belong to (1 where
	// it is empty).
	Value Tensor            `json:"value"`
	Seed  Tensor            `json:"seed"`
	Grads map[string]Tensor `json:"grads"`

	// Hess holds second partial derivatives under "x,x", "x,y", …; Jac the
	// Jacobian of a vector function.
	Hess map[string]Tensor `json:"hess"`
	Jac  map[string]Tensor `json:"jac"`

	// Tangents is a direction, JVP the derivative of Value along it and HVP
	// the derivative of Grads along it.
	Tangents map[string]Tensor `json:"tangents"`
	JVP      Tensor            `json:"jvp"`
	HVP      map[string]Tensor `json:"hvp"`

	// StateBefore and State are the running statistics before and after one
	// call.
	StateBefore map[string]Tensor `json:"state_before"`
	State       map[string]Tensor `json:"state"`

	// Direction and Third are a direction and the third derivative along it.
	Direction Tensor `json:"direction"`
	Third     Tensor `json:"third_directional"`

	// Momentum is, of a schedule that moves it too, the momentum at each step.
	Momentum Tensor `json:"momentum"`

	// Subgradient bounds the admissible slopes at a kink.
	Subgradient []float64 `json:"subgradient"`

	// Start1, Start2 and Certified are two starting points and the solution
	// of a regression, ResidualSD the residual standard deviation there, and
	// Evaluations the sum of squares at all three.
	Start1      Tensor       `json:"start1"`
	Start2      Tensor       `json:"start2"`
	Certified   Tensor       `json:"certified"`
	ResidualSD  Tensor       `json:"residual_sd"`
	Evaluations []Evaluation `json:"evaluations"`

	// Start is the starting point of a test problem, Minima the places of the
	// least value.
	Start  Tensor       `json:"start"`
	Minima []Evaluation `json:"minima"`
}

// Evaluation is a value at a point, with the gradient and Hessian, and the
// residuals and their Jacobian, where they are not empty.
type Evaluation struct {
	At       string `json:"at"`
	X        Tensor `json:"x"`
	F        Tensor `json:"f"`
	Grad     Tensor `json:"grad"`
	Hess     Tensor `json:"hess"`
	Residual Tensor `json:"residual"`
	Jacobian Tensor `json:"jacobian"`
}

// Float returns the only entry.
func (t Tensor) Float() float64 { return float64(t.Data[0]) }

// Tensor is an array of numbers, row-major.
type Tensor struct {
	Shape []int    `json:"shape"`
	Data  []Number `json:"data"`

	// Parts are the arrays by name where a value is made of several, as a
	// curve is; Shape is then nil.
	Parts map[string]Tensor `json:"-"`
}

// UnmarshalJSON reads one array, or several by name.
func (t *Tensor) UnmarshalJSON(b []byte) error {
	type array Tensor
	if err := json.Unmarshal(b, (*array)(t)); err != nil || t.Shape != nil {
		return err
	}
	return json.Unmarshal(b, &t.Parts)
}

// Floats returns the entries.
func (t Tensor) Floats() []float64 {
	x := make([]float64, len(t.Data))
	for i, v := range t.Data {
		x[i] = float64(v)
	}
	return x
}

// Number is a float64 whose JSON form may be "NaN", "Infinity" or "-Infinity".
type Number float64

// UnmarshalJSON reads a number or the name of a non-finite one.
func (x *Number) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case `"NaN"`:
		*x = Number(math.NaN())
	case `"Infinity"`:
		*x = Number(math.Inf(1))
	case `"-Infinity"`:
		*x = Number(math.Inf(-1))
	default:
		return json.Unmarshal(b, (*float64)(x))
	}
	return nil
}

// Load returns the cases of a family: "elementary", "conventions",
// "expressions", "nested", "losses", "nist", "test_functions" and the like.
func Load(family string) ([]Case, error) {
	text, err := files.ReadFile("testdata/" + family + ".json")
	if err != nil {
		return nil, fmt.Errorf("golden: no family %q", family)
	}
	var file struct{ Cases []Case }
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("golden: family %q: %w", family, err)
	}
	return file.Cases, nil
}

// Farthest returns the greatest relative error of got and the element that has it.
// Elements count as not less than a thousandth of the greatest, as they do for tensors.
// It is NaN where one is NaN or infinite, and +Inf, at -1, where the lengths differ.
func Farthest(got, want []float64) (err float64, at int) {
	if len(got) != len(want) {
		return math.Inf(1), -1
	}
	floor := 1e-300
	for _, w := range want {
		floor = max(floor, 1e-3*math.Abs(w))
	}
	for i, w := range want {
		d := math.Abs(got[i]-w) / max(math.Abs(w), floor)
		if d != d {
			return d, i
		}
		if d > err {
			err, at = d, i
		}
	}
	return err, at
}

// ULP returns the distance of two numbers in units in the last place: how many
// float64 steps lie between them. +0 and -0 are equal, NaN equals NaN, an
// infinity is one step beyond the largest finite number, and NaN is infinitely
// far from any number.
func ULP(x, y float64) float64 {
	switch {
	case x != x && y != y:
		return 0
	case x != x || y != y:
		return math.Inf(1)
	}
	if i, j := ordinal(x), ordinal(y); (i < 0) == (j < 0) {
		return math.Abs(float64(i - j))
	} else {
		return math.Abs(float64(i)) + math.Abs(float64(j))
	}
}

// ordinal numbers the float64s in their order.
func ordinal(x float64) int64 {
	n := int64(math.Float64bits(x))
	if n < 0 {
		n = math.MinInt64 - n
	}
	return n
}
