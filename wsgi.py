"""The application that gunicorn and the flask command load."""

from app import create_app
from config import load_settings

app = create_app(load_settings())
