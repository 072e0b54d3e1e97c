// The version that every record of the store carries.
export const RECORD_VERSION = 1;
