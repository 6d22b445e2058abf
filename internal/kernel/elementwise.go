package kernel

// Add writes x+y to dst, Sub x-y, Mul x·y and Div x/y, entry by entry.
func Add(dst, x, y []float64) { use.add.on("Add", dst, x, y) }
func Sub(dst, x, y []float64) { use.sub.on("Sub", dst, x, y) }
func Mul(dst, x, y []float64) { use.mul.on("Mul", dst, x, y) }
func Div(dst, x, y []float64) { use.div.on("Div", dst, x, y) }

// Max writes the greater of x and y to dst, Min the lesser, entry by entry, as the
// built-in functions have it: NaN if one of them is NaN, and -0 is less than 0.
func Max(dst, x, y []float64) { use.max.on("Max", dst, x, y) }
func Min(dst, x, y []float64) { use.min.on("Min", dst, x, y) }

// MulAdd adds x·y to dst, entry by entry.
func MulAdd(dst, x, y []float64) { use.mulAdd.on("MulAdd", dst, x, y) }

// Scale writes a·x to dst, Shift x+a and Over x/a.
func Scale(dst []float64, a float64, x []float64) { use.scale.on("Scale", dst, x, a) }
func Shift(dst []float64, a float64, x []float64) { use.shift.on("Shift", dst, x, a) }
func Over(dst []float64, a float64, x []float64)  { use.over.on("Over", dst, x, a) }

// Axpy adds a·x to dst.
func Axpy(dst []float64, a float64, x []float64) { use.axpy.on("Axpy", dst, x, a) }

// Sqrt writes the square roots of x to dst, rounded correctly.
func Sqrt(dst, x []float64) { use.sqrt.on("Sqrt", dst, x) }

// ReLU writes x to dst, and 0 where x is negative. -0 and NaN stay.
func ReLU(dst, x []float64) { use.relu.on("ReLU", dst, x) }

// AddPositive adds y to dst where x is positive, and makes it NaN where x is
// NaN and y is not 0: what comes back through ReLU.
func AddPositive(dst, x, y []float64) { use.addPositive.on("AddPositive", dst, x, y) }
