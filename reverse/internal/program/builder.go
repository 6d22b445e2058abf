package program

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// A Builder makes a program of the operations of a recording, which it is told in the
// order in which they were executed. While it is built an operand is a place of an
// input or a statement, or below 0 a constant: -1 is the first.
type Builder struct {
	// Written keeps every operation as it was told: nothing is shared, folded, dropped
	// or merged.
	Written bool

	p *Program

	seen   map[shared]int32
	lists  map[string]int32
	consts map[uint64]int32
	rows   map[*rule.Func]int
	rows2  map[*rule.Func2]int
	key    []byte
}

// shared is what two operations have in common that compute the same.
type shared struct {
	op      Op
	a, b, c int32
}

// NewBuilder returns a Builder of a program of n inputs.
func NewBuilder(n int) *Builder {
	return &Builder{
		p: &Program{N: n, First: n + 1}, seen: map[shared]int32{}, lists: map[string]int32{}, consts: map[uint64]int32{},
		rows: map[*rule.Func]int{}, rows2: map[*rule.Func2]int{},
	}
}

// Input returns the operand that is input i, counted from 0.
func (b *Builder) Input(i int) int32 { return int32(i + 1) }

// Const returns the operand that is the constant c.
func (b *Builder) Const(c float64) int32 {
	bits := math.Float64bits(c)
	k, ok := b.consts[bits]
	if !ok {
		b.p.Consts = append(b.p.Consts, c)
		k = -int32(len(b.p.Consts))
		b.consts[bits] = k
	}
	return k
}

// Op returns the operand that an operation of one of the kinds Add, Sub, Mul, Div, Neg
// and NaN computes. Neg takes x alone.
func (b *Builder) Op(op Op, x, y int32) int32 {
	b.p.Saved.Recorded++
	if b.Written {
		return b.emit(op, x, y, 0)
	}
	if same, ok := b.identity(op, x, y); ok {
		b.p.Saved.Folded++
		return same
	}
	if kinds[op].commutes && x < y {
		x, y = y, x
	}
	switch {
	case op == Mul && x == y:
		op, y = Square, 0
	case op == Neg:
		y = 0
	}
	return b.emit(op, x, y, 0)
}

// Apply returns the operand that is f of x.
func (b *Builder) Apply(f *rule.Func, x int32) int32 {
	b.p.Saved.Recorded++
	return b.emit(Apply.With(indexOf(b.rows, &b.p.Rows, f)), x, 0, 0)
}

// Apply2 returns the operand that is f of x and y.
func (b *Builder) Apply2(f *rule.Func2, x, y int32) int32 {
	b.p.Saved.Recorded++
	return b.emit(Apply2.With(indexOf(b.rows2, &b.p.Rows2, f)), x, y, 0)
}

// Choose returns the operand that is x where c is positive, else y.
func (b *Builder) Choose(c, x, y int32) int32 {
	b.p.Saved.Recorded++
	return b.emit(Choose, x, y, c)
}

// Nary returns the operand that is f of the lists x and y, which it keeps.
func (b *Builder) Nary(f *rule.FuncN, x, y []int32) int32 {
	b.p.Saved.Recorded++
	l := List{Row: f, X: x, Y: y, XVar: variable(x), YVar: variable(y)}
	b.key = fmt.Append(b.key[:0], f.Name, x, y)
	if place, ok := b.lists[string(b.key)]; ok && !b.Written && b.p.Lists[b.at(place).Op.Index()].Row == f {
		b.p.Saved.Shared++
		return place
	}
	b.p.Lists = append(b.p.Lists, l)
	place := b.append(Instr{Op: Nary.With(len(b.p.Lists) - 1)})
	b.lists[string(b.key)] = place
	return place
}

// variable reports whether not all operands are constants.
func variable(operands []int32) bool {
	for _, x := range operands {
		if x >= 0 {
			return true
		}
	}
	return false
}

// Guard adds a comparison.
func (b *Builder) Guard(x, y int32, less bool) {
	b.p.Guards = append(b.p.Guards, Guard{x, y, less})
}

// Program returns the program with the given results. The Builder is of no use
// afterward.
func (b *Builder) Program(results []int32) *Program {
	p := b.p
	p.Results = results
	if !b.Written {
		p.Saved.Dead = p.bury()
		b.merge()
	}
	p.settle()
	p.Saved.Kept = len(p.Code)
	return p
}

// at returns the statement that computes an operand, nil if there is none.
func (b *Builder) at(x int32) *Instr {
	if int(x) < b.p.First {
		return nil
	}
	return &b.p.Code[int(x)-b.p.First]
}

// emit returns the place of a statement, of one that is there already if it can. c is
// the operand that a choice goes by.
func (b *Builder) emit(op Op, x, y, c int32) int32 {
	key := shared{op, x, y, c}
	if place, ok := b.seen[key]; ok && !b.Written {
		b.p.Saved.Shared++
		return place
	}
	if op == Choose {
		b.p.Choices = append(b.p.Choices, Choice{c, x, y})
		op, x, y = Choose.With(len(b.p.Choices)-1), 0, 0
	}
	b.seen[key] = b.append(Instr{op, x, y})
	return b.seen[key]
}

func (b *Builder) append(in Instr) int32 {
	b.p.Code = append(b.p.Code, in)
	return int32(b.p.First + len(b.p.Code) - 1)
}

// indexOf returns the index of a row in a list, to which it is added if it is not known.
func indexOf[T comparable](known map[T]int, list *[]T, row T) int {
	k, ok := known[row]
	if !ok {
		k = len(*list)
		*list = append(*list, row)
		known[row] = k
	}
	return k
}
