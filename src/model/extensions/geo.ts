// Where something is: GeoRSS Simple and GML (https://www.ogc.org/standards/georss), W3C Basic Geo. Coordinates are WGS 84, in
// degrees, latitude first; what lies outside of the earth is absent.
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, numberIn, said, textIn } from './element-view.ts';

export interface Geo {
  /** Never empty where there is anything; in document order within each vocabulary. */
  readonly shapes?: readonly GeoShape[] | undefined;
  /** Above the ellipsoid, in metres. */
  readonly elevationMeters?: number | undefined;
  /** Of a building. */
  readonly floor?: number | undefined;
  readonly radiusMeters?: number | undefined;
  readonly featureName?: string | undefined;
  /** `city` … as written. */
  readonly featureType?: string | undefined;
  /** `is-located-at` … as written. */
  readonly relationship?: string | undefined;
}

export interface GeoPosition {
  readonly latitude: number;
  readonly longitude: number;
}

export interface GeoPoint {
  readonly kind: 'point';
  readonly at: GeoPosition;
  readonly altitudeMeters?: number | undefined;
}

export type GeoShape =
  | GeoPoint
  /** Two positions or more. */
  | { readonly kind: 'line'; readonly positions: readonly GeoPosition[] }
  /** Four positions or more, the last like the first. */
  | { readonly kind: 'polygon'; readonly positions: readonly GeoPosition[] }
  | { readonly kind: 'box'; readonly southWest: GeoPosition; readonly northEast: GeoPosition }
  | { readonly kind: 'circle'; readonly center: GeoPosition; readonly radiusMeters: number };

export function geoOf(elements: Elements): Geo | undefined {
  const georss = new ElementView(elements, 'georss');
  const point = elements?.find(({ name }) => /^georss:(?:point|line|polygon|box|circle|where)$/.test(name));
  const attribute = (name: string) => (point === undefined ? undefined : attributeIn(point, name));
  return said({
    shapes: shapesIn(elements),
    elevationMeters: georss.number('elev') ?? numberIn(attribute('elev')),
    floor: georss.number('floor') ?? numberIn(attribute('floor')),
    radiusMeters: georss.number('radius') ?? numberIn(attribute('radius')),
    featureName: georss.text('featurename') ?? attribute('featurename'),
    featureType: georss.text('featuretypetag') ?? attribute('featuretypetag'),
    relationship: georss.text('relationshiptag') ?? attribute('relationshiptag'),
  });
}

/** Undefined where there are none. */
export function shapesIn(elements: Elements): readonly GeoShape[] | undefined {
  const shapes = (elements ?? []).flatMap(shapesOf);
  const basic = basicPointIn(elements);
  if (basic !== undefined && !shapes.some((shape) => isSamePoint(shape, basic))) shapes.push(basic);
  return shapes.length === 0 ? undefined : shapes;
}

/** Many say where they are in both vocabularies. */
function isSamePoint(shape: GeoShape, { at, altitudeMeters }: GeoPoint): boolean {
  if (shape.kind !== 'point' || altitudeMeters !== undefined) return false;
  return shape.at.latitude === at.latitude && shape.at.longitude === at.longitude;
}

function shapesOf(element: ExtensionElement): readonly GeoShape[] {
  const shape = simpleShapeIn(element);
  if (shape !== undefined) return [shape];
  switch (element.name) {
    case 'georss:where':
    case 'gml:MultiPoint':
    case 'gml:pointMember':
      return element.children.flatMap(shapesOf);
    case 'geo:Point':
      return [basicPointIn(element.children)].filter((point) => point !== undefined);
    default:
      return [];
  }
}

/** GeoRSS Simple, and the same shapes in GML. */
function simpleShapeIn(element: ExtensionElement): GeoShape | undefined {
  switch (element.name) {
    case 'georss:point':
      return pointOf(positionsIn(textIn(element)));
    case 'georss:line':
      return lineOf(positionsIn(textIn(element)));
    case 'georss:polygon':
      return polygonOf(positionsIn(textIn(element)));
    case 'georss:box':
      return boxOf(positionsIn(textIn(element)));
    case 'georss:circle':
      return circleOf(textIn(element));
    case 'gml:Point':
      return gmlPointIn(element);
    case 'gml:LineString':
      return lineOf(gmlPositionsIn(element));
    case 'gml:Polygon':
      return polygonOf(gmlPositionsIn(element));
    case 'gml:Envelope':
      return boxOf(gmlPositionsIn(element));
    default:
      return undefined;
  }
}

/** Every position in it, as deep as they lie: a polygon's stand in its exterior's ring, whose holes are left out. */
function gmlPositionsIn(element: ExtensionElement, outer: Axes = LATITUDE_FIRST): readonly GeoPosition[] {
  const axes = axesOf(element, outer);
  if (axes === undefined) return [];
  return element.children
    .filter((child) => child.name !== 'gml:interior')
    .flatMap((child) => {
      if (child.children.length > 0) return gmlPositionsIn(child, axes);
      const own = axesOf(child, axes);
      return own === undefined ? [] : positionsIn(textIn(child), own);
    });
}

function gmlPointIn(element: ExtensionElement): GeoShape | undefined {
  const point = pointOf(gmlPositionsIn(element));
  const [pos] = element.children;
  if (point?.kind !== 'point' || pos === undefined) return point;
  const axes = axesOf(pos, axesOf(element, LATITUDE_FIRST) ?? LATITUDE_FIRST);
  const altitude = axes?.dimension === 3 ? numberIn(numbersIn(textIn(pos))[2]) : undefined;
  return said({ ...point, altitudeMeters: altitude });
}

/** How the numbers of GML follow each other. */
interface Axes {
  readonly dimension: 2 | 3;
  /** OGC's CRS84 is WGS 84 with the longitude first. */
  readonly isLongitudeFirst: boolean;
}

const LATITUDE_FIRST: Axes = { dimension: 2, isLongitudeFirst: false };

/** What an element says of it, else what is said around it; undefined in another system than WGS 84. */
function axesOf(element: ExtensionElement, outer: Axes): Axes | undefined {
  const system = attributeIn(element, 'srsName');
  if (!isWgs84(system)) return undefined;
  const dimension = attributeIn(element, 'srsDimension') ?? attributeIn(element, 'dimension');
  return {
    dimension: dimension === undefined ? outer.dimension : dimension === '3' ? 3 : 2,
    isLongitudeFirst: system === undefined ? outer.isLongitudeFirst : /CRS-?84$/i.test(system),
  };
}

function isWgs84(system: string | undefined): boolean {
  return system === undefined || /(?:4326|4979|WGS-?84|CRS-?84)/i.test(system);
}

const POSITIONS_MAX = 10_000;

/** Pairs of numbers with white space or commas between; none where one of them is nonsense. */
function positionsIn(text: string | undefined, axes: Axes = LATITUDE_FIRST): readonly GeoPosition[] {
  const numbers = numbersIn(text);
  const { dimension, isLongitudeFirst } = axes;
  if (numbers.length % dimension !== 0) return [];
  const positions: GeoPosition[] = [];
  const last = Math.min(numbers.length, dimension * POSITIONS_MAX);
  for (let index = 0; index < last; index += dimension) {
    const [first, second] = [numberIn(numbers[index]), numberIn(numbers[index + 1])];
    const position = isLongitudeFirst ? positionOf(second, first) : positionOf(first, second);
    if (position === undefined) return [];
    positions.push(position);
  }
  return positions;
}

/** Cut after so many positions of three numbers, which is a whole number of pairs too. */
function numbersIn(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/, 3 * POSITIONS_MAX).filter((word) => word !== '');
}

function positionOf(latitude: number | undefined, longitude: number | undefined): GeoPosition | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  return Math.abs(latitude) > 90 || Math.abs(longitude) > 180 ? undefined : { latitude, longitude };
}

function pointOf(positions: readonly GeoPosition[]): GeoShape | undefined {
  const [at] = positions;
  return at === undefined || positions.length > 1 ? undefined : { kind: 'point', at };
}

function lineOf(positions: readonly GeoPosition[]): GeoShape | undefined {
  return positions.length < 2 ? undefined : { kind: 'line', positions };
}

function polygonOf(positions: readonly GeoPosition[]): GeoShape | undefined {
  return positions.length < 4 ? undefined : { kind: 'polygon', positions };
}

function boxOf(positions: readonly GeoPosition[]): GeoShape | undefined {
  const [southWest, northEast] = positions;
  if (southWest === undefined || northEast === undefined || positions.length > 2) return undefined;
  return { kind: 'box', southWest, northEast };
}

/** Latitude, longitude, radius in metres. */
function circleOf(text: string | undefined): GeoShape | undefined {
  const [latitude, longitude, radius, ...rest] = (text ?? '').split(/[\s,]+/).map(numberIn);
  const center = positionOf(latitude, longitude);
  if (center === undefined || radius === undefined || radius < 0 || rest.length > 0) return undefined;
  return { kind: 'circle', center, radiusMeters: radius };
}

function basicPointIn(elements: Elements): GeoPoint | undefined {
  const geo = new ElementView(elements, 'geo');
  const at = positionOf(geo.number('lat'), geo.number('long') ?? geo.number('lon'));
  return at === undefined
    ? undefined
    : said({ kind: 'point' as const, at, altitudeMeters: geo.number('alt') });
}
