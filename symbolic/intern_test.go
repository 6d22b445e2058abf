package symbolic

import (
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/quartet-ad/ad"
)

// settle collects garbage until ok holds, and reports whether it came to that.
func settle(ok func() bool) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		runtime.GC()
		if ok() {
			return true
		}
	}
	return false
}

func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// entries counts what the table holds.
func entries() (n int) {
	for i := range table {
		s := &table[i]
		s.mu.Lock()
		n += len(s.nodes)
		s.mu.Unlock()
	}
	return n
}

// grow makes n nodes and returns the last.
func grow(from Expr, n int) Expr {
	for range n {
		from = from.Mul(from)
	}
	return from
}

// TestTableShrinks: what a table of many nodes took is given back when they are
// gone, whether they go at once or little by little.
func TestTableShrinks(t *testing.T) {
	nodes := 300_000
	if testing.Short() {
		nodes = 100_000
	}
	x := Var("x")
	grow(x, 1)
	settle(func() bool { return entries() < 2000 })
	before, held := heap(), entries()
	const room = 2 << 20 // 100,000 entries are 4 MB

	grow(x, nodes)
	if !settle(func() bool { return entries() < held+100 && heap() < before+room }) {
		t.Errorf("after %d nodes at once: %d entries for %d, %d bytes more", nodes, entries(), held, heap()-before)
	}

	var parts []Expr // of which each sweep finds fewer than half gone
	for range 16 {
		parts = append(parts, grow(x.Add(number(float64(len(parts)))), nodes/16))
	}
	for i := range parts {
		parts[i] = Expr{}
		n := entries()
		settle(func() bool { return entries() <= n-nodes/16+100 })
	}
	if !settle(func() bool { return entries() < held+100 && heap() < before+room }) {
		t.Errorf("after %d nodes little by little: %d entries for %d, %d bytes more", nodes, entries(), held, heap()-before)
	}
	runtime.KeepAlive(x)
}

// TestTableFindsWhatLives: a sweep leaves every node that is in use in its place.
func TestTableFindsWhatLives(t *testing.T) {
	x := Var("x")
	kept := make([]Expr, 1000)
	for i := range kept {
		kept[i] = x.Add(number(float64(i)))
		grow(kept[i], 100)
	}
	n := entries()
	settle(func() bool { return entries() < n/2 })
	for i, e := range kept {
		if e != x.Add(number(float64(i))) {
			t.Fatalf("x + %d is another node than before", i)
		}
	}
}

// TestProgramsAreForgotten: a formula that is evaluated after each of its operations
// does not keep the program of each.
func TestProgramsAreForgotten(t *testing.T) {
	x := Var("x")
	e := x
	settle(func() bool { return true })
	before := heap()
	for range 2000 {
		e = e.Mul(x)
		Eval(e, []Expr{x}, []ad.Real{1})
	}
	if !settle(func() bool { return heap() < before+(2<<20) }) {
		t.Errorf("a formula of 2000 operations holds %d bytes", heap()-before)
	}
	if Eval(e, []Expr{x}, []ad.Real{1}) != 1 {
		t.Error("it is not evaluated as before")
	}
}

// TestTextsAreForgotten: functions of one's own that come and go leave nothing.
func TestTextsAreForgotten(t *testing.T) {
	x := Var("x")
	settle(func() bool { return true })
	before := heap()
	one := func(x float64) float64 { return x }
	for range 40_000 {
		row := &ad.Func{Name: "mine", Value: one, Slope: func(x, y float64) float64 { return 1 }, Text: "mine(x)"}
		if d := D(x.Apply(ad.NewOp(row)), x); d != x.Apply(ad.NewOp(row)) {
			t.Fatalf("the derivative is %v", d)
		}
	}
	if !settle(func() bool { return heap() < before+(4<<20) }) {
		t.Errorf("functions that are gone hold %d bytes", heap()-before)
	}
}

// TestNamesAreCopied: a variable does not keep the text that it was read from.
func TestNamesAreCopied(t *testing.T) {
	runtime.GC()
	runtime.GC()
	before := heap()
	var kept []Expr
	for i := range 20 {
		e, err := Parse(strings.Repeat(" ", 1<<20-64) + strings.Repeat("long_", 4) + string(rune('a'+i)))
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, e)
	}
	if !settle(func() bool { return heap() < before+(4<<20) }) {
		t.Errorf("%d variables hold %d bytes", len(kept), heap()-before)
	}
	runtime.KeepAlive(kept)
}

// TestIdentity: equal expressions are ==, different ones are not.
func TestIdentity(t *testing.T) {
	x, y := Var("x"), Var("y")
	if ad.Sin(x.Add(y)) != ad.Sin(Var("x").Add(Var("y"))) {
		t.Error("sin(x + y) is not sin(x + y)")
	}
	if x.Add(y) == y.Add(x) || x == y || ad.Sin(x) == ad.Cos(x) {
		t.Error("different expressions are equal")
	}
	if number(0) == number(math.Copysign(0, -1)) {
		t.Error("+0 is -0")
	}
	if number(nan) != number(math.Float64frombits(0x7ff8dead00000001)) {
		t.Error("NaN is not NaN")
	}
	var zero Expr
	if zero != number(0) || zero.String() != "0" || zero.Add(x) == x {
		t.Error("the zero Expr is not the constant 0")
	}
}

// TestInterning: the table forgets what is not in use, and is safe for
// concurrent use.
func TestInterning(t *testing.T) {
	x := Var("x")
	for i := range 100_000 {
		x.Mul(number(float64(i) + 0.25))
	}
	if !settle(func() bool { return entries() <= 20_000 }) {
		t.Errorf("the table holds %d entries; 200000 expressions that nobody holds went through it", entries())
	}

	var wg sync.WaitGroup
	sums := make([]Expr, 8)
	for i := range sums {
		wg.Go(func() {
			e := x
			for k := range 2000 {
				e = ad.Sin(e.Add(number(float64(k))))
			}
			sums[i] = e
		})
	}
	wg.Wait()
	for _, s := range sums {
		if s != sums[0] {
			t.Error("goroutines built the same expression and got different ones")
		}
	}
}
