import { describe, expect, it } from 'vitest';
import { cleanFileName, fileNameIn, namedAsPicture, sizeText, tooLargeText, typeByName } from './file.ts';
import { pictureShape } from './picture-shape.ts';

describe('the name of a file', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\evil.exe', 'evil.exe'],
    ['.bashrc', 'bashrc'],
    ['..', 'file'],
    ['', 'file'],
    ['in\u0000voice\n.txt', 'in voice .txt'],
    ['photo\u202egnp.exe', 'photo gnp.exe'],
    ['a\u200b\u2066b\u00ad.txt', 'a b .txt'],
    ['CON:aux*?.txt', 'CON aux .txt'],
    ['Grüße 👋🏽.png', 'Grüße 👋🏽.png'],
    ['ends in dots...', 'ends in dots'],
  ])('%j is written as %j', (given, clean) => expect(cleanFileName(given)).toBe(clean));

  it('is short, and keeps its ending', () => {
    const clean = cleanFileName(`${'ä'.repeat(500)}.tar`);
    expect([...clean]).toHaveLength(120);
    expect(clean.endsWith('ä.tar')).toBe(true);
  });

  it.each([
    ['https://up.example/slot/Act%20two.pdf', 'Act two.pdf'],
    ['https://up.example/slot/..%2F..%2Fetc%2Fpasswd', 'passwd'],
    ['https://up.example/slot/a.png?x=/y#z', 'a.png'],
    ['https://up.example/slot/%E0%A4%A.txt', '%E0%A4%A.txt'],
    ['https://up.example', 'up.example'],
    ['https://up.example/', 'file'],
  ])('in %s is %s', (url, name) => expect(fileNameIn(url)).toBe(name));

  it('says what is in it, and promises a picture or not', () => {
    expect([typeByName('a.PDF'), typeByName('a'), typeByName('a.constructor')]).toEqual([
      'application/pdf',
      'application/octet-stream',
      'application/octet-stream',
    ]);
    expect([namedAsPicture('a.JPG'), namedAsPicture('a.svg'), namedAsPicture('png')]).toEqual([true, false, false]);
  });
});

describe('the size of a file', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [48_000, '48 kB'],
    [999_700, '1 MB'],
    [1_240_000, '1.2 MB'],
    [10_485_760, '10 MB'],
    [4_000_000_000, '4 GB'],
  ])('of %d bytes reads %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

  it('is refused in words when the server does not take it', () => {
    expect(tooLargeText(23_000_000, 10_000_000)).toBe('The server takes files up to 10 MB; this one has 23');
    expect(tooLargeText(2_500_000_000, 10_000_000)).toBe('The server takes files up to 10 MB; this one has 2.5 GB');
    expect(tooLargeText(10_000_001, 10_000_000)).toBe(
      'The server takes files up to 10000000 bytes; this one has 10000001',
    );
    expect(tooLargeText(10, 10)).toBeUndefined();
    expect(tooLargeText(10, undefined)).toBeUndefined();
  });
});

describe('the shape of a picture', () => {
  const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
  const png = (width: string, height: string) => hex(`89504e470d0a1a0a0000000d49484452${width}${height}`);

  it.each([
    ['PNG', png('00000140', '000000f0'), 320, 240],
    ['GIF', hex('4749463839614001f000'), 320, 240],
    ['JPEG', hex('ffd8ffe00004abcdffc0001108 00f00140 03'.replaceAll(' ', '')), 320, 240],
    ['lossy WebP', hex(`52494646000000005745425056503820${'00'.repeat(10)}4001f000`), 320, 240],
    ['lossless WebP', hex('5249464600000000574542505650384c000000002f3fc13b00'), 320, 240],
    ['extended WebP', hex('5249464600000000574542505650385800000000000000003f0100ef0000'), 320, 240],
  ])('of %s is read from its first bytes', (_kind, head, width, height) =>
    expect(pictureShape(head)).toEqual({ width, height }),
  );

  it.each([
    ['too much to decode', png('00003000', '00003000')],
    ['endless', png('ffffffff', '00000001')],
    ['of no width', png('00000000', '00000010')],
    ['cut off', hex('89504e47')],
    ['no picture', hex('3c73766720786d6c6e733d22')],
    ['a JPEG without a frame', hex('ffd8ffe0000400000000')],
    ['nothing', hex('')],
  ])('is not known of one that is %s', (_what, head) => expect(pictureShape(head)).toBeUndefined());
});
