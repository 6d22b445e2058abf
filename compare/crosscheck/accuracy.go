package main

import (
	"fmt"
	"io"
	"math"

	"github.com/quartet-ad/ad/dual"
	reference "github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

// An accuracy tells how far the exact methods are from 60-digit arithmetic.
type accuracy struct {
	functions []*function // in the order of the reference
}

// A function is one of golden's elementary functions.
type function struct {
	name   string
	by     [exact][orders]tally
	goMath tally // of package math's values, if it has the function
}

// sum returns the tallies of all functions together, for one method.
func (a *accuracy) sum(method int) (sum [orders]tally) {
	for _, f := range a.functions {
		for o := range orders {
			sum[o].merge(f.by[method][o])
		}
	}
	return sum
}

// The exact methods and the orders of derivatives that are looked at.
const (
	exact  = 3
	orders = 3
)

var (
	methodNames = [exact]string{"dual", "reverse", "symbolic"}
	orderNames  = [orders]string{"value", "first", "second"}

	// limits is how many units in the last place each order may be off, and
	// wanted the share of numbers, in percent, for which that must hold.
	limits = [orders]float64{2, 4, 16}
	wanted = [orders]float64{99.5, 99, 98}

	// pytorch is the share that PyTorch 1.13.1 reaches on the same numbers.
	pytorch = [orders]float64{98.5, 95.5, 93.0}
)

// A tally counts numbers, those within the limit, and keeps the worst.
type tally struct {
	n, within int
	ulp       float64
	at        string      // the case of the worst
	spread    [spread]int // how many are exact, within 1, 2, 4 and 16 units, beyond
}

const spread = 6

var spreadLimits = [spread]float64{0, 1, 2, 4, 16, math.Inf(1)}

// measure adds the numbers of one case, which is known to parse.
func (f *function) measure(c reference.Case) {
	f.compareGoMath(c)
	x, want := point(c), expected(c)
	number, _ := elementary[dual.Number](c)
	hyper, _ := elementary[dual.Hyper](c)
	tape, _ := elementary[reverse.Var](c)
	paper, _ := elementary[symbolic.Expr](c)

	var j [exact]mat.Dense
	values := [exact][]float64{
		dual.JacobianTo(&j[0], number, x),
		reverse.JacobianTo(&j[1], tape, x),
		symbolic.JacobianTo(&j[2], paper, x),
	}
	var hessians [exact][]float64
	for k := range values[0] {
		for m, h := range [exact]*mat.SymDense{
			dual.Hessian(entry(hyper, k), x),
			reverse.Hessian(entry(tape, k), x),
			symbolic.Hessian(entry(paper, k), x),
		} {
			hessians[m] = append(hessians[m], mat.DenseCopyOf(h).RawMatrix().Data...)
		}
	}
	for m := range exact {
		got := [orders][]float64{values[m], j[m].RawMatrix().Data, hessians[m]}
		for o := range orders {
			for i, y := range got[o] {
				f.by[m][o].add(y, want[o][i], limits[o], c.ID)
			}
		}
	}
}

// entry makes a function of many results one of its k-th.
func entry[T any](f func([]T) []T, k int) func([]T) T {
	return func(x []T) T { return f(x)[k] }
}

// add counts one number. One unit of a subnormal number is always allowed.
func (t *tally) add(got, want, limit float64, at string) {
	ulp := reference.ULP(got, want)
	if math.Abs(got-want) <= 0x1p-1074 {
		ulp = 0
	}
	t.n++
	if ulp <= limit {
		t.within++
	}
	i := 0
	for ulp > spreadLimits[i] {
		i++
	}
	t.spread[i]++
	if ulp > t.ulp || t.at == "" {
		t.ulp, t.at = ulp, at
	}
}

func (t *tally) merge(u tally) {
	t.n += u.n
	t.within += u.within
	for i, n := range u.spread {
		t.spread[i] += n
	}
	if u.ulp > t.ulp || t.at == "" {
		t.ulp, t.at = u.ulp, u.at
	}
}

func (t *tally) percent() float64 { return 100 * float64(t.within) / float64(t.n) }

// print prints the shares by method, and by function if verbose, and reports
// whether they are as wanted. A run of some functions only is not judged.
func (a accuracy) print(out io.Writer, verbose, full bool) bool {
	if len(a.functions) == 0 {
		return true
	}
	fmt.Fprintf(out, "\naccuracy against 60-digit arithmetic: share of numbers within 2, 4 and 16 ulp, and the worst\n")
	fmt.Fprintf(out, "%-28s %8s", "", "numbers")
	for o := range orders {
		fmt.Fprintf(out, "  %12s", orderNames[o])
	}
	fmt.Fprintln(out)
	if verbose {
		for _, f := range a.functions {
			for m := range exact {
				printRow(out, fmt.Sprintf("%-16s %s", f.name, methodNames[m]), f.by[m])
				fmt.Fprintf(out, "  %s\n", worstOf(f.by[m]))
			}
		}
	}
	ok := true
	for m := range exact {
		sum := a.sum(m)
		printRow(out, "all "+methodNames[m], sum)
		fmt.Fprintln(out)
		for o := range orders {
			ok = ok && sum[o].percent() >= wanted[o]
		}
	}
	fmt.Fprintf(out, "%-37s", "PyTorch 1.13.1")
	for o := range orders {
		fmt.Fprintf(out, "  %10.2f %%", pytorch[o])
	}
	fmt.Fprintln(out)
	if full && !ok {
		fmt.Fprintf(out, "less accurate than wanted: %v %%\n", wanted)
	}
	return ok || !full
}

func printRow(out io.Writer, name string, by [orders]tally) {
	n := 0
	for o := range orders {
		n += by[o].n
	}
	fmt.Fprintf(out, "%-28s %8d", name, n)
	for o := range orders {
		fmt.Fprintf(out, "  %10.2f %%", by[o].percent())
	}
}

// worstOf names the worst case of every order that is off.
func worstOf(by [orders]tally) string {
	text := ""
	for o := range orders {
		if by[o].ulp > 0 {
			text += fmt.Sprintf(" %s %.3g ulp at %s", orderNames[o], by[o].ulp, by[o].at)
		}
	}
	return text
}
