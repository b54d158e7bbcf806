"""Conduct 服务行为: reviews, findings, and what follows from them."""
