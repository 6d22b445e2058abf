package source

import (
	"go/token"
	"slices"
)

// A kind says what a variable holds.
type kind int

const (
	scalar kind = iota // float64
	list               // []float64 or [n]float64
	other              // anything else: no derivative
)

// A variable of the function. Names are unique within it.
type variable struct {
	name   string
	kind   kind
	typ    string // in Go
	param  bool
	wrt    bool      // the derivative is taken with respect to it
	active bool      // it depends on such a parameter
	result bool      // it is the function's result
	cot    *variable // of one of several results: its cotangent, which is a parameter
	base   *variable // of which a list is a part
	out    bool      // the function fills it for its caller
	of     *variable // a parameter that it is read from, by load, at this path
	load   string
	path   string
	made   int  // how deep in calls a list was made; 0 if it was not made here
	sets   int  // statements that assign to it after its declaration
	named  bool // the function itself declares it, and no generated code or function that it calls
	rests  bool // on some path it holds a constant, or an input as it is
	// An accumulator is only added to, and its adjoint is this number from its
	// declaration to the end.
	seed *expr
}

// An op is what an expression does.
type op int

const (
	constOp op = iota // a number
	refOp             // a variable
	elemOp            // an element of a list
	rawOp             // Go code without derivative
	addOp
	subOp
	mulOp
	divOp
	negOp
	roundOp // float64(x): no fused operation goes through it
	callOp
)

// An expr is an expression of type float64, or raw code of any type.
type expr struct {
	op    op
	text  string // of constants and raw code, and of an element's index
	value float64
	v     *variable
	fn    *function
	args  []*expr
	reads []*variable // by raw code, and by an index
	looks []*variable // those whose numbers raw code reads, and not only their length
	pos   token.Pos
}

// A function is a row of the table, or a helper of slopes.
type function struct {
	name    string // in generated code: math.Sin
	generic string // ad.Sin
	row     string
	slopes  []string // Text of the partial derivatives, or Go code of a rule
	params  []string // of a rule
}

// A cond is a condition.
type cond struct {
	op   token.Token // LAND, LOR, NOT, a comparison of x and y; ILLEGAL for raw code
	a, b *cond
	x, y *expr
	test string // a function of package math: IsNaN
	rest string // what is passed to it beside x
	raw  *expr
}

// A form says what a statement is.
type form int

const (
	assignForm form = iota
	panicForm
	clearForm // of a list that the function fills
	stackForm // a stack grows or shrinks
	ifForm
	loopForm
	breakForm
	continueForm
	returnForm
	leaveForm // of a switch, until it is built
)

// A stmt is a statement.
type stmt struct {
	form form
	pos  token.Pos

	left   *expr // an assignment: refOp or elemOp
	op     string
	right  *expr
	define bool
	isVar  bool   // var v T
	last   bool   // it sets a result, and the return follows
	kept   bool   // it computes in a branch, or declares before it, what is kept and not computed again
	alloc  string // a declaration of a list: make([]float64, n)
	elems  []*expr

	cond       *cond
	then, els  []*stmt
	hasElse    bool
	init, post *stmt // of a loop; body is then
	over       *expr // a range
	overType   string
	key        *variable
	keyKept    bool // the key is used by the source
	counted    *counter
	body       []*stmt
}

// A counter is a loop whose variable runs from first to a bound in steps.
type counter struct {
	v     *variable
	first string
	cmp   token.Token
	bound string
	step  string // "1", "-1", "2"
	reads []*variable
	looks []*variable // as of raw code
}

func ref(v *variable) *expr { return &expr{op: refOp, v: v} }

// walk calls visit for e and all below it.
func (e *expr) walk(visit func(*expr)) {
	if e == nil {
		return
	}
	visit(e)
	for _, a := range e.args {
		a.walk(visit)
	}
}

// vars returns the variables that e reads.
func (e *expr) vars() []*variable {
	var all []*variable
	e.walk(func(e *expr) {
		if e.v != nil {
			all = append(all, e.v)
		}
		all = append(all, e.reads...)
	})
	return all
}

// active reports whether e depends on a parameter that the derivative is taken of.
func (e *expr) active() bool {
	found := false
	e.walk(func(e *expr) { found = found || e.v != nil && e.v.active })
	return found
}

func (e *expr) has(v *variable) bool { return slices.Contains(e.vars(), v) }

// vars returns the variables that c reads.
func (c *cond) vars() []*variable {
	if c == nil {
		return nil
	}
	all := slices.Concat(c.a.vars(), c.b.vars(), c.x.vars(), c.y.vars())
	return append(all, c.raw.vars()...)
}

// each calls visit for every statement of a list, and those within.
func each(list []*stmt, visit func(*stmt)) {
	for _, s := range list {
		if s == nil {
			continue
		}
		visit(s)
		each([]*stmt{s.init, s.post}, visit)
		each(s.then, visit)
		each(s.els, visit)
		each(s.body, visit)
	}
}

// written returns the variables declared outside of s that s assigns to.
func (s *stmt) written() []*variable {
	var all []*variable
	inside := make(map[*variable]bool)
	each([]*stmt{s}, func(s *stmt) {
		if s.form == loopForm && s.key != nil {
			inside[s.key] = true
		}
		if s.form == assignForm && s.define {
			inside[s.left.v] = true
		}
	})
	each([]*stmt{s}, func(s *stmt) {
		if s.form == assignForm && !inside[s.left.v] && !slices.Contains(all, s.left.v) {
			all = append(all, s.left.v)
		}
	})
	return all
}

// read returns the variables that s reads; what an accumulator adds to itself is not
// counted.
func (s *stmt) read() []*variable {
	var all []*variable
	each([]*stmt{s}, func(s *stmt) { all = append(all, s.own()...) })
	return all
}

// own returns what s reads itself, without the statements within.
func (s *stmt) own() []*variable {
	all := append(s.right.vars(), s.cond.vars()...)
	if s.left != nil {
		all = append(all, s.left.reads...)
	}
	for _, e := range s.elems {
		all = append(all, e.vars()...)
	}
	all = append(all, s.over.vars()...)
	if s.counted != nil {
		all = append(all, s.counted.reads...)
	}
	return all
}

// isSum reports whether s is v += e or v -= e, where e does not read v.
func (s *stmt) isSum() bool {
	return s.form == assignForm && (s.op == "+=" || s.op == "-=") && !s.right.has(s.left.v)
}

// jumps reports whether a list of statements has a break or continue of its own loop, or
// a return.
func jumps(list []*stmt) bool {
	for _, s := range list {
		switch s.form {
		case breakForm, continueForm, returnForm, leaveForm:
			return true
		case ifForm:
			if jumps(s.then) || jumps(s.els) {
				return true
			}
		case loopForm:
			if has(s.body, returnForm) {
				return true
			}
		}
	}
	return false
}

// ends reports whether the end of a list is never reached.
func ends(list []*stmt) bool {
	if len(list) == 0 {
		return false
	}
	s := list[len(list)-1]
	switch s.form {
	case breakForm, continueForm, returnForm, leaveForm, panicForm:
		return true
	case ifForm:
		return s.hasElse && ends(s.then) && ends(s.els)
	}
	return false
}

func has(list []*stmt, f form) bool {
	found := false
	each(list, func(s *stmt) { found = found || s.form == f })
	return found
}

// breaks reports whether the body of a loop leaves it.
func breaks(body []*stmt) bool {
	for _, s := range body {
		if s.form == breakForm || s.form == ifForm && (breaks(s.then) || breaks(s.els)) {
			return true
		}
	}
	return false
}
