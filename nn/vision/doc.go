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
// All networks are nn.Containers: nn.SetTraining, nn.State, nn.Save and nn.Load work on them. Images have
// the shape [images, channels, height, width], and boxes are in pixels: x to the right, y downwards, the
// first pixel from 0 to 1.
package vision
