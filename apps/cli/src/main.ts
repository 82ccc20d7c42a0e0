#!/usr/bin/env node
import 'reflect-metadata';
import { runCommandLine } from './program';

void runCommandLine(process.argv);
