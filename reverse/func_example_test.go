package reverse_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// A function that is differentiated often is recorded once. Replays do not run it.
func ExampleRecord() {
	runs := 0
	f := reverse.Record(func(x []reverse.Var) reverse.Var {
		runs++
		return rosenbrock(x)
	}, 2)
	x, g := []float64{-1.2, 1}, make([]float64, 2)
	for range 10_000 {
		f.GradientTo(g, x)
		x[0] -= 0.001 * g[0]
		x[1] -= 0.001 * g[1]
	}
	fmt.Printf("%.2f after %d run\n", x, runs)
	// Output: [0.99 0.98] after 1 run
}

// IfPos, Max and Abs choose anew at every point.
func ExampleFunc_Gradient() {
	f := reverse.Record(func(x []reverse.Var) reverse.Var {
		return x[0].Sub(x[1]).IfPos(x[0].Mul(x[0]), ad.Exp(x[1]))
	}, 2)
	fmt.Println(f.Gradient([]float64{3, 1}), f.Gradient([]float64{-1, 0}))
	// Output: [6 0] [0 1]
}

// Where a comparison in the function comes out in another way, the function may go another
// way. It is recorded again there, unless one asks first.
func ExampleFunc_Check() {
	f := reverse.Record(func(x []reverse.Var) reverse.Var {
		if x[0].Less(x[1]) {
			return x[0].Mul(x[1])
		}
		return x[0].Sub(x[1])
	}, 2)
	fmt.Println(f.Gradient([]float64{1, 2}))
	err := f.Check([]float64{5, 2})
	var changed *reverse.Changed
	fmt.Println(errors.As(err, &changed), err)
	fmt.Println(f.Gradient([]float64{5, 2}), f.Check([]float64{5, 2}))
	// Output:
	// [2 1]
	// true reverse: comparison 0 of a recorded function: 5 is not less than 2, which was so when it was recorded
	// [1 -1] <nil>
}

// What uses Float of a variable cannot be replayed. The operators work nonetheless.
func ExampleFunc_Err() {
	f := reverse.Record(func(x []reverse.Var) reverse.Var {
		return x[0].Mul(x[0].Const(x[0].Float()))
	}, 1)
	fmt.Println(f.Err())
	fmt.Println(f.Gradient([]float64{3}))
	// Output:
	// reverse: a recorded function cannot be replayed: it took the Float of a variable
	// [3]
}

// Points are rows, one after the other.
func ExampleFunc_EvalBatch() {
	f := reverse.Record(polar, 2)
	fmt.Printf("%.3f\n", f.EvalBatch([]float64{
		1, 0,
		2, 0,
		2, 1,
	}))
	// Output: [1.000 0.000 2.000 0.000 1.081 1.683]
}

func ExampleFunc_GradientBatch() {
	f := reverse.Record(rosenbrock[reverse.Var], 2)
	x := []float64{
		1, 1,
		0, 1,
		-1, 0,
	}
	y, g := make([]float64, 3), make([]float64, 6)
	f.GradientBatchTo(g, y, x)
	fmt.Println(y, g)
	// Output: [0 101 104] [0 0 -2 200 -404 -200]
}

// A Jacobian takes the rows and columns that it has.
func ExampleFunc_JacobianBatch() {
	f := reverse.Record(polar, 2)
	j := f.JacobianBatch([]float64{
		1, 0,
		2, 0,
	})
	for k := range 2 {
		fmt.Println(mat.Formatted(mat.NewDense(2, 2, j[4*k:][:4])))
	}
	// Output:
	// ⎡1  0⎤
	// ⎣0  1⎦
	// ⎡1  0⎤
	// ⎣0  2⎦
}

func polar(x []reverse.Var) []reverse.Var {
	return []reverse.Var{x[0].Mul(ad.Cos(x[1])), x[0].Mul(ad.Sin(x[1]))}
}

// An activation function of one's own, on arrays: written for one number, differentiated
// in blocks.
func ExampleMap() {
	serf := func(x []reverse.Var) reverse.Var { return x[0].Mul(ad.Erf(ad.Softplus(x[0]))) }
	tape, g := reverse.NewTape(), make([]float64, 4)
	y := reverse.Map(serf, tape.Param([]float64{-2, 0, 1, 3}, g))
	y.Sum().Backward()
	fmt.Printf("%.4f\n%.4f\n", y.Values(), g)
	// Output:
	// [-0.2849 0.0000 0.9367 3.0000]
	// [-0.1223 0.6730 1.0837 1.0003]
}

// A loss of three numbers for every observation: the negative logarithm of a normal
// density, of which mean and logarithmic deviation are estimated. The latter is one number for all.
func ExampleFunc_Map() {
	loss := reverse.Record(func(v []reverse.Var) reverse.Var {
		y, mean, logDeviation := v[0], v[1], v[2]
		z := y.Sub(mean).Div(ad.Exp(logDeviation))
		return z.Mul(z).Mul(z.Const(0.5)).Add(logDeviation)
	}, 3)
	tape := reverse.NewTape()
	gm, gs := make([]float64, 3), make([]float64, 1)
	for range 2 {
		tape.Reset()
		y := tape.Const([]float64{1, 2, 4}, 3)
		mean := tape.Param([]float64{1, 1, 2}, gm)
		spread := tape.Param([]float64{0}, gs)
		z := loss.Map(y, mean, spread)
		clear(gm)
		clear(gs)
		z.Sum().Backward()
		fmt.Println(z.Values(), gm, gs)
	}
	// Output:
	// [0 0.5 2] [0 -1 -2] [-2]
	// [0 0.5 2] [0 -1 -2] [-2]
}

// Rows of two coordinates, with a center that they share.
func ExampleMapRows() {
	distance := func(v []reverse.Var) reverse.Var { return ad.Hypot(v[0].Sub(v[2]), v[1].Sub(v[3])) }
	tape, center := reverse.NewTape(), make([]float64, 2)
	points := tape.Const([]float64{3, 4, 0, 2, -1, 0}, 3, 2)
	d := reverse.MapRows(distance, points, tape.Param([]float64{0, 0}, center))
	d.Sum().Backward()
	fmt.Printf("%v %.1f\n", d.Values(), center)
	// Output: [5 2 1] [0.4 -1.8]
}

// The operations that a function consists of, with values and adjoints: here the one that
// makes the result infinite.
func ExampleFunc_Ops() {
	f := reverse.Record(func(x []reverse.Var) reverse.Var {
		return ad.Log(x[0].Sub(x[1])).Mul(x[1])
	}, 2)
	for i, op := range f.Ops([]float64{3, 3}) {
		fmt.Println(i, op.Name, op.Operands, op.Value)
	}
	// Output:
	// 0 input [] 3
	// 1 input [] 3
	// 2 sub [#0 #1] 0
	// 3 log [#2] -Inf
	// 4 mul [#3 #1] -Inf
}

func ExampleFunc_WriteText() {
	f := reverse.Record(rosenbrock[reverse.Var], 2)
	if err := f.WriteText(os.Stdout, []float64{3, 4}); err != nil {
		panic(err)
	}
	// Output:
	//     operation  operands  slopes   value  adjoint  result
	// #0  input                         3      6004
	// #1  input                         4      -1000
	// #2  sub        1 #0      0 -1     -2     -4
	// #3  square     #0        6        9      1000
	// #4  sub        #1 #3     1 -1     -5     -1000
	// #5  square     #2        -4       4      1
	// #6  mul        #4 100    100 0    -500   -5
	// #7  mul        #6 #4     -5 -500  2500   1
	// #8  add        #7 #5     1 1      2504   1  0
}

func ExampleFunc_WriteDOT() {
	f := reverse.Record(func(x []reverse.Var) reverse.Var { return ad.Sin(x[0].Mul(x[0])) }, 1)
	if err := f.WriteDOT(os.Stdout, []float64{0}); err != nil {
		panic(err)
	}
	// Output:
	// digraph f {
	// 	n0 [shape=ellipse, label="#0 input\n0\nadjoint 0"];
	// 	n1 [shape=box, label="#1 square\n0\nadjoint 1"];
	// 	n0 -> n1 [label="0"];
	// 	n2 [shape=box, label="#2 sin\n0\nadjoint 1"];
	// 	n1 -> n2 [label="1"];
	// 	y0 [shape=doublecircle, label="result 0"];
	// 	n2 -> y0;
	// }
}

// The sum of squares x² + 2xy + y², written without a thought for cost.
func ExampleFunc_Savings() {
	f := reverse.Record(func(x []reverse.Var) reverse.Var {
		one, two := ad.Const[reverse.Var](1), ad.Const[reverse.Var](2)
		ad.Exp(x[0])
		return x[0].Mul(x[0]).Add(two.Mul(x[0].Mul(x[1]))).Add(one.Mul(x[1]).Mul(x[1]))
	}, 2)
	fmt.Println(f.Savings())
	// Output: 8 operations recorded, 2 kept: 0 shared, 1 folded, 1 dead, 4 merged
}

// Ten thousand unknowns by gonum's L-BFGS. The function runs once.
func ExampleFunc_Problem() {
	const n = 10_000
	f := reverse.Record(func(x []reverse.Var) reverse.Var {
		var sum reverse.Var
		for i := 0; i < n; i += 2 {
			sum = sum.Add(rosenbrock(x[i : i+2]))
		}
		return sum
	}, n)
	x := make([]float64, n)
	for i := range x {
		x[i] = -1.2 + 2.2*float64(i%2)
	}
	var p optimize.Problem
	p.Func, p.Grad, _ = f.Problem()
	result, err := optimize.Minimize(p, x, &optimize.Settings{GradientThreshold: 1e-6}, &optimize.LBFGS{})
	if err != nil {
		panic(err)
	}
	fmt.Println(result.Status, result.F < 1e-12)
	// Output: GradientThreshold true
}
