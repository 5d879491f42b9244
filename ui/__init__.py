"""How events look: pure filters and map layers, then thin Streamlit components."""
