/** What a process needs in order to answer, checked at `/health/ready`. */
export { HealthCheck } from './health-check.js';
