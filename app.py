"""The Streamlit entry: ``streamlit run app.py`` or ``rasid serve``.

Streamlit imports this file once as a server and then runs it as a script for every session. The halves import apart: a
component such as the map's must be declared while the server already runs.
"""

import streamlit as st

if __name__ == "__main__":
    from ui.pages import show_app

    show_app()
else:
    from ui.routes import make_middleware, make_routes
    from ui.warm import warm_up

    app = st.App(__file__, routes=make_routes(), middleware=make_middleware(), lifespan=warm_up)
