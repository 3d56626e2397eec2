"""What Django counts, and the page Prometheus reads at /internal/metrics (nginx's private listener alone leads there).

`workers.py` shares the counters among uWSGI's processes, `requests.py` counts requests, `stores.py` looks into Redis
and the database when somebody asks, `page.py` puts the page together.
"""
