import { Catch, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Hands a handler's error to the log as it is. Without it Nest logs the error and puts a plain object without kind
 * and cause in its place. Register it on the microservice: `microservice.useGlobalFilters(new BatchErrorFilter())`.
 */
@Catch()
export class BatchErrorFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
