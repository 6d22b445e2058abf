// Package source reads plain Go functions over float64 and writes their derivatives as Go
// code: reverse mode (fGrad), forward mode (fJVP), the function over any number type of
// package ad (fGeneric), and second order (fHVP, fHessian). Command adgen is a thin main over it.
//
// # What is written
//
//	func f(x []float64, k int) float64                                the source
//	func fGrad(xGrad []float64, x []float64, k int) float64           the gradient is written to xGrad
//	func fJVP(x []float64, k int, xDot []float64) (y, yDot float64)   along xDot
//	func fGeneric[T ad.Scalar[T]](x []T, k int) T                     ad.Ordered where it compares numbers
//	func fHVP(xGrad, xHVP []float64, x []float64, k int, xDot []float64) (y, yDot float64)
//	func fHessian(xGrad, xHessian []float64, x []float64, k int)      row by row
//
// fHVP writes the gradient and the product of the Hessian with xDot. It is the
// forward mode of the code of fGrad. fHessian calls it for each number of x; there is none
// where derivatives are taken by several slices. A method is written as a method, and its generic form
// as a function that takes the receiver first.
//
// Derivatives are taken with respect to parameters of type float64 and []float64: those
// asked for, or all. Derivatives in numbers are returned after the value, as yGrad is in
// (sum, yGrad float64). fGrad panics if xGrad and x differ in length; they must not
// overlap. All else is constant, numbers in slices of slices too: that a parameter of another type shares memory with x is
// not seen. Values are those of f, to the bit where products are not fused with sums, as
// on amd64. Slopes come from the Text of the module's table, and follow its conventions at
// kinks and edges. What is not on the path that was taken contributes nothing.
//
// What does not move, or is not reached, is not multiplied by a slope that may be infinite.
// Absent are the tangent 0 of an input that is left out, of what moves with one input alone
// as 2*x+1 does, and of a variable that holds a constant; and an adjoint of 0 where it is not
// sure that the result is reached. In fHVP an adjoint is absent if it does not move either. A
// product of a tangent of 0 that was computed and an infinite slope follows IEEE 754: there
// and at second order, what the result reaches through an infinite slope may be NaN where
// package dual, which keeps account of every number, has a number.
//
// # What is taken
//
// Everything else is refused, with a reason: a derivative is right, or there is none. Nodes
// are those of go/ast.
//
//	ArrayType       taken: [n]float64 and []float64
//	AssignStmt      taken: = := += -= *= /= of numbers, elements of slices made here, integers; parallel; results of calls; Sincos and v, _ = Lgamma
//	BadDecl         refused: it is no Go
//	BadExpr         refused: it is no Go
//	BadStmt         refused: it is no Go
//	BasicLit        taken
//	BinaryExpr      taken: + - * / of numbers; anything of integers and bools that reads no number with a derivative; comparisons
//	BlockStmt       taken
//	BranchStmt      taken: break, continue, with labels of loops too, fallthrough; refused: goto
//	CallExpr        taken: what has a rule, package math, min, max, len, conversions, functions and package floats of gonum as below; append([]float64(nil), x...) for a copy; refused: append otherwise, recursion, others
//	CaseClause      taken
//	ChanType        refused: channels belong to several goroutines
//	CommClause      refused: see SelectStmt
//	Comment         taken: it is left out
//	CommentGroup    taken: it is left out
//	CompositeLit    taken: []float64{…}, [n]float64{…}, and data without derivative
//	DeclStmt        taken: var and const
//	DeferStmt       refused: it would run after the derivative
//	Directive       taken: it is left out
//	Ellipsis        refused: a variadic parameter may share its slice
//	EmptyStmt       taken
//	ExprStmt        taken: panic; copy and clear of slices made here, and functions that fill them; refused: other calls for their effects
//	Field           taken
//	FieldList       taken
//	File            taken
//	ForStmt         taken: any condition; the last clause steps an integer
//	FuncDecl        taken: functions and methods that return float64s, and integers, bools, strings and errors beside them
//	FuncLit         refused: what it captures may change
//	FuncType        taken: of the function itself
//	GenDecl         taken: var and const; refused: a type within a function
//	GoStmt          refused: its order cannot be reversed
//	Ident           taken: variables of the function, constants; refused: variables of the package
//	IfStmt          taken
//	ImportSpec      taken: package math is known; of others nothing
//	IncDecStmt      taken
//	IndexExpr       taken: elements of slices and arrays; of other data where it is only read
//	IndexListExpr   refused: a generic function
//	InterfaceType   refused: its values have no derivative
//	KeyValueExpr    refused: its order is not that of the elements
//	LabeledStmt     taken: of loops
//	MapType         refused: it has no order
//	Package         taken: as files
//	ParenExpr       taken
//	RangeStmt       taken: integers, slices and arrays; refused: maps, channels, strings, functions
//	ReturnStmt      taken: anywhere
//	SelectStmt      refused: which case runs depends on other goroutines
//	SelectorExpr    taken: fields that are read, package math
//	SendStmt        refused: it takes effect outside of the function
//	SliceExpr       taken: x[i:j] of slices that nobody writes to, under a new name
//	StarExpr        taken: where it is read; refused: an assignment through a pointer
//	StructType      refused: types within a function are not copied
//	SwitchStmt      taken
//	TypeAssertExpr  refused: values of interface types have no derivative
//	TypeSpec        refused: types within a function are not copied
//	TypeSwitchStmt  refused: values of interface types have no derivative
//	UnaryExpr       taken: + - !; refused: addresses, receiving
//	ValueSpec       taken
//
// What is refused has another way. A matrix is passed on by its
// numbers, in a []float64.
//
// # Functions that are called
//
// A function of the package is copied to the place of its call. It may return several numbers,
// integers, bools, strings and errors, or one slice that it makes; it may be variadic. A call
// that is all of a statement may fill slices that its caller made.
//
// Of package floats of gonum, the functions in outside/floats/floats.go are read as they are
// written there: Sum, Dot, Prod, Max, Min, LogSumExp, Norm, Distance, and Add, Sub, Mul, Div,
// Scale, AddConst, AddScaled, their forms with To, CumSum and CumProd into slices made here. Sums
// run in the order of the elements, so values may differ from gonum's by rounding. Max and Min
// share among equal numbers as math.Max does.
//
// # Structs and vectors
//
// With -wrt p, or if there is no parameter of floats, derivatives are also taken by the fields of
// a struct of the package, or a pointer to one, that are float64, []float64 or [n]float64, in
// structs within it too: the receiver is such a parameter. Other fields are constant. Of a
// mat.Vector or *mat.VecDense they are those in its elements, which AtVec, At, Len, mat.Dot,
// Sum, Norm, Max and Min read. The struct is only read. The generic form takes the numbers as
// parameters beside it. There are no second derivatives of these.
//
//	func f(p params) float64
//	func fGrad(pGrad *params, p params) float64
//	func fJVP(p, pDot params) (y, yDot float64)
//	func g(v mat.Vector) float64
//	func gGrad(vGrad []float64, v mat.Vector) float64
//
// # Several results
//
// fGrad of a function of several results takes a cotangent for each that depends on the
// inputs, and computes the gradient of the weighted sum. A cotangent of 0 leaves its result out.
//
//	func f(x []float64) (a, b float64, err error)
//	func fGrad(xGrad []float64, x []float64, aAdj, bAdj float64) (a, b float64, err error)
//	func fJVP(x, xDot []float64) (a, b, aDot, bDot float64, err error)
//	func fGeneric[T ad.Scalar[T]](x []T) (T, T, error)
//	func fJacobian(xJacobian []float64, x []float64) (a, b float64, err error)
//
// fJacobian writes a row of len(x) numbers for each result that has a cotangent. It calls fGrad
// once for each, and is written where it is asked for, with -modes jacobian.
//
// Second derivatives are those of one result.
//
// # Rules
//
// A comment states the derivatives of a function of package math or of the package, one
// for each parameter, and _ where there is none:
//
//	//ad:rule math.J0(x): -math.J1(x)
//	//ad:rule drag(speed, n): dragSlope(speed, n); _
//
// They are numbers, parameters, + - * / and calls. The function is called then, and not
// looked into: that the rule is right is the user's word, and compare.TestGradient's. Second
// derivatives need rules for what the rules call. There is no generic form.
//
// # How gradients are made
//
// A list of statements is done, and undone in reverse (full). Before a variable is
// overwritten its value is kept, and brought back when the statement has been undone: so
// every statement is undone with the values it was done with. What nobody reads is left out
// afterwards (alive), which most of the time leaves little of that. A loop or branch is of
// one of two kinds. It is undone at once if all that it changes are accumulators, whose
// adjoint is known from the start, and lists that every iteration fills anew (private).
// Otherwise it is done first, and then undone from its last iteration to its first. A loop
// that overwrites elements keeps what its undoing reads (taped). Any other keeps what its
// iterations find and what takes a function, a short loop or a loop in a loop (keeper); the
// rest is computed again, once more for each level of nested loops and no more than that.
// Values go to a stack, elements that a branch overwrites to a log. A return, break or
// continue is a branch whose other side is the rest.
//
// # Files
//
//	run.go, lines.go, watch.go                 the command; lines of go:generate; again after changes
//	html.go                                    a page of sources and gradients
//	file.go, load.go                           requests; Go code that is read and checked
//	table.go                                   the constructs above
//	build.go, builddecl.go, buildstmt.go,      from Go to statements of ir.go, with the refusals
//	buildexpr.go, buildraw.go, buildloop.go, labels.go, copy.go,
//	fields.go                                  structs and vectors that are differentiated by
//	buildcall.go, buildresult.go, outside.go   calls, several results, functions of other packages
//	rules.go                                   derivatives that comments state
//	ir.go, normal.go, split.go                 statements; without returns; with names for what is read again
//	activity.go, reach.go                      what depends on the inputs, and what the result depends on
//	generic.go, forward.go                     the generic form; the forward mode
//	several.go, jacobian.go                    derivatives of several results
//	gradient.go, reverse.go, compound.go,      the reverse mode: a function, lists, loops and branches,
//	pull.go, slope.go                          expressions, elementary functions
//	private.go, keep.go, tape.go, stack.go     lists of one iteration; what is kept, and where
//	gather.go                                  what a loop adds to one element
//	testfile.go                                a test of what is generated
//	second.go                                  second derivatives: forward over reverse
//	primal.go, node.go, copies.go, print.go    generated code, and how it is printed
package source
