/**
 * Stands in for `@aws-sdk/endpoint-cache` when functions are bundled. DynamoDB's client makes one and asks it nothing, for
 * no operation of DynamoDB discovers its endpoint any more; with its lists it is 8 KB of each bundle.
 */
export class EndpointCache {}
