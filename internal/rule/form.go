package rule

// A Form says how a formula is written as ordinary mathematics. Text is what the texts
// of the table say, Form the same for people: equal wherever both have a value, but for
// rounding, in x and y. What has no row here is written by name.
type Form struct{ Text, Form string }

// Forms are those of the rows, and of those texts that take precautions: bounds beyond
// which a product would overflow, corners of powers.
var Forms = []Form{
	{"square(x)", "x^2"},
	{"cube(x)", "x^3"},
	{"reciprocal(x)", "1/x"},
	{"invpos(x)", "1/x"},
	{"rsqrt(x)", "1/sqrt(x)"},
	{"rcbrt(x)", "1/cbrt(x)"},
	{"rcircle(x)", "1/sqrt(1 - x^2)"},
	{"square(rcircle(x))", "1/(1 - x^2)"},
	{"rcircle(x)^2", "1/(1 - x^2)"},
	{"hyperbola(x)", "sqrt(x^2 - 1)"},
	{"lorentzian(x)", "1/(x^2 + 1)"},
	{"gauss(x)", "exp(-x^2)"},
	{"normpdf(x)", "exp(-x^2/2)/2.5066282746310002"},
	{"normcdf(x)", "(1 + erf(x/1.4142135623730951))/2"},
	{"binentropy(x)", "-sigmoid(x)*log(sigmoid(x)) - (1 - sigmoid(x))*log(1 - sigmoid(x))"},
	{"gelugate(x)", "sigmoid(1.5957691216057308*(x + 0.044715*x^3))"},
	{"expgap(x)", "exp(x) - 1 - x*exp(x)"},
	{"flat(x)", "0"},
	{"hypot(x, y)", "sqrt(x^2 + y^2)"},
	{"hypot(1, x)", "sqrt(x^2 + 1)"},
	{"unit(x, y)", "x/sqrt(x^2 + y^2)"},
	{"unit(x, y)/hypot(x, y)", "x/(x^2 + y^2)"},
	{"unit(y, x)/hypot(x, y)", "y/(x^2 + y^2)"},
	{"xlogy(x, y)", "x*log(y)"},
	{"xdivy(x, y)", "x/y"},
	{"expdiff(x, y)", "exp(x - y)"},
	{"share(x, y)", "softmax_1(x, y)"},
	{"logaddexp(x, y)", "logsumexp(x, y)"},
	{"logplus(x, y)", "log(exp(x) + y)"},
	{"logpart(x, y)", "log(exp(x)/(exp(x) + y))"},
	{"fraction(x, y)", "x/(x + y)"},
	{"powslope(x, y)", "y*x^(y - 1)"},
	{"above(x, y)", "(1 + sign(x - y))/2"},
	{"pivot(x, y)", "max(x, y)"},
	{"quotient(x, y)", "trunc(x/y)"},

	{"ifpos(x, xlogy(x^y, x), ifpos(-x, xlogy(x^y, x), ifpos(-y, log(x), 0)))", "x^y*log(x)"},
	{"ifpos(abs(x), powslope(x, y)*log(x)+xdivy(x^y, x), ifpos(-y, -log(x), 0))", "x^(y - 1)*(1 + y*log(x))"},
	{"ifpos(y, y*powslope(x, y-1), ifpos(-y, y*powslope(x, y-1), flat(x)))", "y*(y - 1)*x^(y - 2)"},
	{"0.25*square(sech(x/2))", "sigmoid(x)*(1 - sigmoid(x))"},
	{"-x*0.25*square(sech(x/2))", "-x*sigmoid(x)*(1 - sigmoid(x))"},
	{"softplus(x, 1)", "log(1 + exp(x))"},
	{"ifpos(abs(x)-800, step(x), sigmoid(x)*(1+x*sigmoid(-x)))", "sigmoid(x) + x*sigmoid(x)*(1 - sigmoid(x))"},
	{"ifpos(abs(x)-40, step(x), normcdf(x)+x*normpdf(x))", "(1 + erf(x/1.4142135623730951))/2 + x*exp(-x^2/2)/2.5066282746310002"},
	{"ifpos(abs(x)-40, step(x), gelugate(x)*(1+x*(1.5957691216057308+0.21406444881780073*square(x))*gelugate(-x)))",
		"sigmoid(1.5957691216057308*(x + 0.044715*x^3))*(1 + x*(1.5957691216057308 + 0.21406444881780073*x^2)*sigmoid(-1.5957691216057308*(x + 0.044715*x^3)))"},
	{"ifpos(abs(x)-800, step(x), tanh(softplus(x))+x*square(sech(softplus(x)))*sigmoid(x))",
		"tanh(log(1 + exp(x))) + x*sech(log(1 + exp(x)))^2*sigmoid(x)"},
}
