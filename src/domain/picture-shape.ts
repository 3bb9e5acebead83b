/** How wide and high a picture says it is, read from its first bytes without decoding it: room is kept for it, and one that would fill the memory is never shown. */

export interface PictureShape {
  readonly width: number;
  readonly height: number;
}

/** A window decodes four bytes for each. */
const mostPixels = 40_000_000;
const longestSide = 16_384;

/** Of PNG, JPEG, GIF and WebP. Undefined when `head` does not tell, and for what is too much to show. */
export function pictureShape(head: Uint8Array): PictureShape | undefined {
  const shape = shapeOf(new DataView(head.buffer, head.byteOffset, head.byteLength));
  if (shape === undefined) return undefined;
  const { width, height } = shape;
  const fits = width > 0 && height > 0 && width <= longestSide && height <= longestSide && width * height <= mostPixels;
  return fits ? shape : undefined;
}

function shapeOf(view: DataView): PictureShape | undefined {
  try {
    const first = view.getUint32(0);
    if (first === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (first === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (first >>> 8 === 0xffd8ff) return ofJpeg(view);
    return first === 0x52494646 ? ofWebp(view) : undefined;
  } catch {
    // A head that ends too early.
    return undefined;
  }
}

/** ITU T.81 annex B: the first frame header has it; segments before it are stepped over. */
function ofJpeg(view: DataView): PictureShape | undefined {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}

/** RFC 9649 section 2: lossy, lossless and extended files each say it in their own way. */
function ofWebp(view: DataView): PictureShape | undefined {
  switch (view.getUint32(12)) {
    case 0x56503820:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858:
      return { width: threeBytes(view, 24) + 1, height: threeBytes(view, 27) + 1 };
    default:
      return undefined;
  }
}

const threeBytes = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
