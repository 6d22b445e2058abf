// Package vision builds networks that classify small images, find objects in them and segment them.
// It is made of the layers of package nn, holds no derivative, and reads no data.
//
//	classify   LeNet                                 one class for an image
//	find       Backbone, Pyramid, Detector           boxes with classes and scores
//	segment    UNet                                  one class for every pixel
//
// Sections 8 to 10 of the notes cut such networks into backbone, neck and head. A backbone turns images
// into feature maps, each of half the height and width of the one before; the stride of a map is how many
// pixels of the image lie between two of its places. A neck mixes the maps, so that fine ones know what
// coarse ones see. A head reads the answer from every place of a map.
//
// With their defaults, in batches of 48×48 pixels with one to three handwritten digits of 12 to 24 pixels, and with
// nn.Adam on an nn.OneCycle and Tape.UseFloat32, they learn this:
//
//	Detector   16 a batch, rate 0.01    12 epochs of 1600   mAP@0.5 0.94 on scenes with other digits
//	UNet        8 a batch, rate 0.005    9 epochs of 1600   mean IoU 0.96 on scenes with other digits
//
// All networks are nn.Containers: nn.SetTraining, nn.State, nn.Save and nn.Load work on them. Images have
// the shape [images, channels, height, width], and boxes are in pixels: x to the right, y downwards, the
// first pixel from 0 to 1.
package vision
