package catalog

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// matrixArrays are products, factors and solutions.
func matrixArrays[T ad.Scalar[T]]() []arrayCase[T] {
	var cases []arrayCase[T]
	product := func(name string, array func(x, y reverse.Array) reverse.Array, sx, sy, sz []int, term func(x, y grid[T], i []int, k int) T) {
		cases = append(cases, arrayCase[T]{name, sizes(sx, sy), -2, 2,
			func(x []reverse.Array) reverse.Array { return array(x[0], x[1]) },
			func(x []grid[T]) grid[T] {
				return filled(sz, func(i []int) T {
					var terms []T
					for k := range 3 {
						terms = append(terms, term(x[0], x[1], i, k))
					}
					return ad.Sum(terms)
				})
			}})
	}
	a, b, c := []int{2, 3}, []int{3, 2}, []int{2, 2}
	product("MatMul", reverse.Array.MatMul, a, b, c, func(x, y grid[T], i []int, k int) T { return x.at(i[0], k).Mul(y.at(k, i[1])) })
	product("MatMul", reverse.Array.MatMul, []int{2, 2, 3}, b, []int{2, 2, 2},
		func(x, y grid[T], i []int, k int) T { return x.at(i[0], i[1], k).Mul(y.at(k, i[2])) })
	product("MatMul", reverse.Array.MatMul, []int{3}, b, []int{2}, func(x, y grid[T], i []int, k int) T { return x.at(k).Mul(y.at(k, i[0])) })
	product("MatMul", reverse.Array.MatMul, a, []int{3}, []int{2}, func(x, y grid[T], i []int, k int) T { return x.at(i[0], k).Mul(y.at(k)) })
	product("MatMulT", reverse.Array.MatMulT, a, a, c, func(x, y grid[T], i []int, k int) T { return x.at(i[0], k).Mul(y.at(i[1], k)) })
	product("TMatMul", reverse.Array.TMatMul, b, b, c, func(x, y grid[T], i []int, k int) T { return x.at(k, i[0]).Mul(y.at(k, i[1])) })
	product("Dot", reverse.Array.Dot, []int{3}, []int{3}, nil, func(x, y grid[T], _ []int, k int) T { return x.at(k).Mul(y.at(k)) })
	cases = append(cases, arrayCase[T]{"Outer", sizes([]int{3}, []int{2}), -2, 2,
		func(x []reverse.Array) reverse.Array { return x[0].Outer(x[1]) },
		func(x []grid[T]) grid[T] {
			return filled([]int{3, 2}, func(i []int) T { return x[0].at(i[0]).Mul(x[1].at(i[1])) })
		}})

	const n = 3
	square := []int{n, n}
	// A matrix that is definite, of elements between -1 and 1.
	definite := func(x reverse.Array) reverse.Array { return x.MatMulT(x).Add(shift(x)) }
	naive := func(x grid[T]) grid[T] {
		return filled(square, func(i []int) T {
			s := num[T](0)
			if i[0] == i[1] {
				s = num[T](n)
			}
			for k := range n {
				s = s.Add(x.at(i[0], k).Mul(x.at(i[1], k)))
			}
			return s
		})
	}
	cases = append(cases,
		arrayCase[T]{"Cholesky", sizes(square), -1, 1,
			func(x []reverse.Array) reverse.Array { return definite(x[0]).Cholesky() },
			func(x []grid[T]) grid[T] { return naiveCholesky(naive(x[0])) }},
		arrayCase[T]{"LogDet", sizes(square), -1, 1,
			func(x []reverse.Array) reverse.Array { return definite(x[0]).Add(x[0]).LogDet() },
			func(x []grid[T]) grid[T] {
				a := naive(x[0])
				for i := range a.data {
					a.data[i] = a.data[i].Add(x[0].data[i])
				}
				return grid[T]{nil, []T{ad.Log(naiveDeterminant(a))}}
			}},
		arrayCase[T]{"Det", sizes(square), -2, 2,
			func(x []reverse.Array) reverse.Array { return x[0].Det() },
			func(x []grid[T]) grid[T] { return grid[T]{nil, []T{naiveDeterminant(x[0])}} }},
		arrayCase[T]{"SLogDet", sizes(square), -1, 1,
			func(x []reverse.Array) reverse.Array {
				sign, log := definite(x[0]).Neg().SLogDet() // of three rows: negative
				return reverse.StackAlong(0, sign, log)
			},
			func(x []grid[T]) grid[T] {
				return vector([]T{num[T](-1), ad.Log(naiveDeterminant(naive(x[0])))})
			}})
	for _, s := range []struct {
		name              string
		array             func(x, b reverse.Array) reverse.Array
		upper, transposed bool
	}{
		{"SolveLower", reverse.Array.SolveLower, false, false},
		{"SolveLowerT", reverse.Array.SolveLowerT, false, true},
		{"SolveUpper", reverse.Array.SolveUpper, true, false},
		{"SolveUpperT", reverse.Array.SolveUpperT, true, true},
	} {
		for _, right := range [][]int{{n}, {n, 2}} {
			cases = append(cases, arrayCase[T]{s.name, sizes(square, right), 0.5, 2,
				func(x []reverse.Array) reverse.Array { return s.array(x[0], x[1]) },
				func(x []grid[T]) grid[T] { return naiveSolve(x[0], x[1], s.upper, s.transposed) }})
		}
	}
	return cases
}

// shift is 3 on the diagonal, made on the tape of x.
func shift(x reverse.Array) reverse.Array {
	zero := x.Sub(x)
	columns := []int{0, 1, 2}
	return zero.ScatterAdd(1, columns, zero.Slice(reverse.Range{}, reverse.Range{Stop: 1}).Add(reverse.Array{}.Const(3)))
}

// naiveCholesky is the textbook's algorithm.
func naiveCholesky[T ad.Scalar[T]](a grid[T]) grid[T] {
	n := a.shape[0]
	l := grid[T]{a.shape, make([]T, n*n)}
	for i := range n {
		for j := range i + 1 {
			s := a.at(i, j)
			for k := range j {
				s = s.Sub(l.at(i, k).Mul(l.at(j, k)))
			}
			if i == j {
				l.data[i*n+i] = ad.Sqrt(s)
			} else {
				l.data[i*n+j] = s.Div(l.at(j, j))
			}
		}
	}
	return l
}

// naiveDeterminant is Sarrus's rule.
func naiveDeterminant[T ad.Scalar[T]](a grid[T]) T {
	det := num[T](0)
	for i := range 3 {
		down, up := num[T](1), num[T](1)
		for j := range 3 {
			down, up = down.Mul(a.at(j, (i+j)%3)), up.Mul(a.at(j, (i+3-j)%3))
		}
		det = det.Add(down).Sub(up)
	}
	return det
}

// naiveSolve substitutes, forwards or backwards.
func naiveSolve[T ad.Scalar[T]](a, b grid[T], upper, transposed bool) grid[T] {
	n := a.shape[0]
	y := grid[T]{b.shape, make([]T, len(b.data))}
	k := len(b.data) / n
	order := make([]int, n)
	for i := range order {
		order[i] = i
		if upper != transposed {
			order[i] = n - 1 - i
		}
	}
	for column := range k {
		for step, i := range order {
			s := b.data[i*k+column]
			for _, j := range order[:step] {
				e := a.at(i, j)
				if transposed {
					e = a.at(j, i)
				}
				s = s.Sub(e.Mul(y.data[j*k+column]))
			}
			y.data[i*k+column] = s.Div(a.at(i, i))
		}
	}
	return y
}
