import { Controller, Get, Logger, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../authorization/index.js';
import { Contributions } from '../contributions/index.js';
import { HealthCheck } from '../health/index.js';

interface CheckResult {
  status: 'ok' | 'degraded' | 'down';
  detail?: string;
}

const TIMEOUT = 2_000;

const logger = new Logger('Health');

@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly contributions: Contributions) {}

  @Get('live')
  @Public()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 while every critical check is ok, 503 otherwise. */
  @Get('ready')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; checks: Record<string, CheckResult> }> {
    const checks = await Promise.all(
      this.contributions.instancesOf(HealthCheck).map(async (check) => [check.name, await resultOf(check)] as const),
    );
    const results = checks.map(([, result]) => result.status);
    const status = results.includes('down') ? 'down' : results.includes('degraded') ? 'degraded' : 'ok';
    void reply.status(status === 'down' ? 503 : 200).header('Cache-Control', 'no-store');
    return { status, checks: Object.fromEntries(checks) };
  }
}

async function resultOf(check: HealthCheck): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`gave no answer within ${TIMEOUT} ms`), TIMEOUT);
  });
  try {
    const detail = await Promise.race([check.check(), late]);
    return detail === undefined ? { status: 'ok' } : { status: check.critical ? 'down' : 'degraded', detail };
  } catch (error) {
    // Drivers name hosts and users, which are nobody's business out there.
    logger.warn(error);
    return { status: check.critical ? 'down' : 'degraded', detail: `The ${check.name} does not answer; the log says why.` };
  } finally {
    clearTimeout(timer);
  }
}
