package notes

func detection(s *sheet)    {}
func metrics(s *sheet)      {}
func segmentation(s *sheet) {}
