"""Shouwen 首问 runs a company's written customer-service regulations (客户服务管理制度)."""
