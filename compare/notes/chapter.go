package notes

import "slices"

// A Chapter is a section of the course.
type Chapter struct {
	Name      string // one word, which a command and a page are called by
	Title     string
	Section   string // of the Reviews
	Equations []int  // that it explains

	write func(*sheet)
}

// Chapters returns the chapters in their order.
func Chapters() []Chapter {
	return []Chapter{
		{"descent", "Walking downhill", "Section 1: some definitions", []int{1, 2, 3, 4, 5, 6}, descent},
		{"activations", "Functions that bend", "Section 2: activation functions", []int{7, 8, 9, 10, 11, 12, 13}, activations},
		{"normalization", "The same scale for every layer", "Section 3: normalization", []int{14, 15, 16, 17}, normalization},
		{"overfitting", "Too stiff, too loose", "Section 4: regularization", []int{18, 19}, overfitting},
		{"dropout", "Leaving out at random", "Section 4: Algorithm 1", nil, dropout},
		{"losses", "What is to be made small", "Section 5: loss functions", []int{20, 21, 22}, losses},
		{"differences", "Slopes from values, slopes on paper", "Sections 6.1 and 6.2", []int{23}, differences},
		{"dualnumbers", "A number that carries its slope", "Section 6.3: dual numbers", []int{24, 25, 26, 27}, dualNumbers},
		{"autodiff", "Forwards and backwards", "Section 6.3: Figure 3", nil, autodiff},
		{"optimizers", "Fifteen ways through one valley", "Section 7: optimization methods", nil, optimizers},
		{"convolution", "A window that slides", "Sections 8.1 to 8.3", nil, convolution},
		{"backbones", "From pixels to features", "Sections 8.4, 9.1, 9.2 and 10.1", nil, backbones},
		{"detection", "Where, and what", "Section 9: object detection", nil, detection},
		{"metrics", "How good is it?", "Section 9.5: metrics", []int{28, 29, 30, 31, 32, 33, 34}, metrics},
		{"segmentation", "A class for every pixel", "Section 10: image segmentation", nil, segmentation},
	}
}

// Find returns the chapter of that name.
func Find(name string) (Chapter, bool) {
	all := Chapters()
	i := slices.IndexFunc(all, func(c Chapter) bool { return c.Name == name })
	if i < 0 {
		return Chapter{}, false
	}
	return all[i], true
}

// sheet returns what the chapter says.
func (c Chapter) sheet() *sheet {
	s := new(sheet)
	c.write(s)
	return s
}
