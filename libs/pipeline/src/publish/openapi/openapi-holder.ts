import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Holds the document that is made once all controllers are known. */
@Injectable()
export class OpenApiHolder {
  document: OpenAPIObject | undefined;
}
