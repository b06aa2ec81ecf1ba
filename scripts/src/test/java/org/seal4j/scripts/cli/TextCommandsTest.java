package org.seal4j.scripts.cli;
