package playground

// A Sight is a formula at a point worth seeing, and why.
type Sight struct {
	Name    string
	Formula string
	Point   string // x1=2 x2=5
	Lesson  string
	Beside  string // the same function, computed otherwise, or ""
}

// Gallery are formulas worth seeing.
var Gallery = []Sight{
	{"survey", "ln(x1)+x1*x2-sin(x2)", "x1=2 x2=5", "The example of the survey by Baydin and others: both inputs are used twice, so adjoints add.", ""},
	{"fan-out", "x*x*x", "x=2", "One input, three uses, three paths: with = in place of += the tape would say 4.", "x^3"},
	{"cancellation", "(1-cos(x))/x^2", "x=1e-8", "The limit is 1/2 and the slope nearly 0; computed, y is 0 and its slope 10⁸. All methods differentiate what is computed, and the judge finds no evidence.", "2*sin(x/2)^2/x^2"},
	{"kink", "|x|", "x=0", "No derivative here: the methods agree on 0 by convention, and differences see two sides, ± 1.", ""},
	{"root-of-square", "sqrt(x^2)", "x=0", "The same function as |x|, and another program: an infinite slope meets a slope of 0.", "|x|"},
	{"root", "√x", "x=0", "A slope may be infinite; that is an answer, and no error.", ""},
	{"branch", "ifpos(x, √x, x)", "x=0", "The branch that is not taken has an infinite slope here, and contributes nothing.", ""},
	{"overflow", "ln(exp(a)+exp(b))", "a=1000 b=1001", "The textbook form overflows on the way, and the slopes become Inf/Inf.", "logsumexp(a,b)"},
	{"log-sum-exp", "logsumexp(a,b)", "a=1000 b=1001", "The same function as one operation: the slopes are the softmax.", ""},
	{"saturation", "tanh(x)", "x=22", "y is 1 to the last bit, and yet the slope is not 0: 1 - y² would lose it, as differences do.", "(exp(2x)-1)/(exp(2x)+1)"},
	{"stairs", "floor(x)", "x=2.5", "The slope of a step is 0: a gradient says nothing of what lies beyond the edge.", ""},
	{"tie", "max(x,y)", "x=1 y=1", "A tie is shared: half of the slope each.", ""},
	{"saddle", "x^2-y^2", "x=0 y=0", "The gradient vanishes, and there is no minimum: -order 2 shows curvatures of both signs.", ""},
	{"oscillation", "sin(1/x)", "x=0.001", "A step of 10⁻⁴ jumps over many waves: see where the V of the differences begins.", ""},
	{"swell", "(x-1)*(x-2)*(x-3)*(x-4)*(x-5)", "x=6", "On paper every factor brings a term with all others; the sweep has two steps for each product.", ""},
	{"exponent", "x^y", "x=2 y=3", "The exponent has a slope, too: y·ln x, times the value.", ""},
}
