"""All players of a benchmark come from one address: NGINX_LIMITS that none of them meets."""

import json

from deploy.nginx.limits import NginxLimits

NO_LIMITS = json.dumps(dict.fromkeys(NginxLimits.__struct_fields__, 1_000_000))
