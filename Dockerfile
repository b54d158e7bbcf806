# The product with every extra, from the locked versions. Assets are fetched while it is built.
FROM python:3.11.13-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/shouwen
COPY requirements-nodes.lock ./
RUN /opt/shouwen/bin/pip install --no-cache-dir --require-hashes -r requirements-nodes.lock
COPY . .
RUN /opt/shouwen/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/shouwen --create-home shouwen \
	&& install -d -o shouwen -g shouwen /var/lib/shouwen-files
COPY --from=build /opt/shouwen /opt/shouwen
ENV PATH=/opt/shouwen/bin:$PATH SHOUWEN_HOME=/var/lib/shouwen PYTHONUNBUFFERED=1
USER shouwen
WORKDIR /var/lib/shouwen
EXPOSE 8000
CMD ["shouwen", "serve", "--host", "0.0.0.0"]
