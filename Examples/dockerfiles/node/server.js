'use strict';
const http = require('http');

const server = http.createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ service: 'node', answer: 'ready' }));
});
server.listen(8080, '0.0.0.0');
