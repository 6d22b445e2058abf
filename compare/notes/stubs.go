package notes

func losses(s *sheet)       {}
func differences(s *sheet)  {}
func dualNumbers(s *sheet)  {}
func autodiff(s *sheet)     {}
func optimizers(s *sheet)   {}
func convolution(s *sheet)  {}
func backbones(s *sheet)    {}
func detection(s *sheet)    {}
func metrics(s *sheet)      {}
func segmentation(s *sheet) {}
